/** The browsers that styles are written for: `light-dark()`, which follows a page around us, must stay as it is. */
export const STYLED_BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];
