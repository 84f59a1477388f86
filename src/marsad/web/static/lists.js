// On a narrow screen the filters of a list are folded, so that the list itself is what one sees first.
const fold = document.querySelector('details.fold');
if (fold instanceof HTMLDetailsElement && matchMedia('(max-width: 56rem)').matches) fold.open = false;
