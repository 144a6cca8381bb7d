/* Choices that a browser remembers; for as long as the page where storage is denied. */
(() => {
  const here = new Map();
  window.sitegen = {
    kept: {
      get(key) {
        try {
          return localStorage.getItem(key);
        } catch {
          return here.get(key) || null;
        }
      },
      set(key, value) {
        here.set(key, value);
        try {
          if (value) localStorage.setItem(key, value);
          else localStorage.removeItem(key);
        } catch {
          // It holds for this page.
        }
      },
    },
  };
})();
