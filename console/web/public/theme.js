// Runs before the first paint, so that a page chosen dark does not flash white. See src/shell/theme.ts.
const theme = localStorage.getItem("noctule.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
