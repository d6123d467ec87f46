// Words marked in the text become the words of the target to add.
const text = document.querySelector(".policy-text");
const field = document.querySelector("[data-quote]");

if (text && field) {
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    const words = marked && !marked.isCollapsed && text.contains(marked.anchorNode) ? String(marked).trim() : "";
    if (words && !words.includes("\n")) field.value = words;
  });
}
