/* Run by IE kernels alone (nomodule): the page cannot be drawn there, so lead to the one that says which button to press (U53). */
(function () {
  var links = document.getElementsByTagName("link");
  for (var i = 0; i < links.length; i += 1) {
    if (links[i].rel === "help" && links[i].href) location.replace(links[i].href);
  }
})();
