"use strict";
// Takes the token out of the printed address, and goes there with the settings of the link that led here.
document.getElementById("door").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = document.getElementById("printed").value.trim();
  const match = /(?:token=)?([0-9a-f]{32})(?![0-9a-f])/.exec(text);
  if (!match) {
    document.getElementById("refused").textContent =
      "There is no token in this: it is 32 digits and letters from a to f, behind token= in the printed address.";
    return;
  }
  location.assign("/?token=" + match[1] + location.hash);
});
