// What an incident's page does beyond its forms: pick a neighbour to be merged with, and say how many claims are ticked.
const field = document.querySelector('input[name=other]');
for (const button of document.querySelectorAll('button[data-take]')) {
  if (!(button instanceof HTMLButtonElement) || !(field instanceof HTMLInputElement)) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.value = button.dataset.take ?? '';
    field.focus();
    field.scrollIntoView({ block: 'center' });
  });
}

const form = document.querySelector('form.split');
const split = form?.querySelector('fieldset button');
if (form instanceof HTMLFormElement && split instanceof HTMLButtonElement) {
  const show = () => {
    const number = form.querySelectorAll('input[name=claim]:checked').length;
    split.disabled = number === 0;
    split.dataset.number = String(number);
  };
  form.addEventListener('change', show);
  show();
}
