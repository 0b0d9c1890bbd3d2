/** Say a sentence to screen readers through the page's one live region. */
export const say = (words: string): void => {
  const region = document.getElementById("said");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = words;
  });
};
