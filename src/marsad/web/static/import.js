// Files that are dropped on the form are chosen by it; the field shows how many, and the form is sent as if they had been picked.

const form = document.getElementById('drop');
const area = form?.querySelector('.drop');
const field = form?.querySelector('input[type=file]');

/** @param {DragEvent} event */
function over(event) {
  event.preventDefault();
  area?.classList.toggle('over', event.type === 'dragover');
}

if (form && area && field instanceof HTMLInputElement) {
  form.addEventListener('dragover', over);
  form.addEventListener('dragleave', over);
  form.addEventListener('drop', (event) => {
    over(event);
    if (event.dataTransfer?.files.length) field.files = event.dataTransfer.files;
  });
}
