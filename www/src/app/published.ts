/** Where the page is published: what snippets and links for others name. */

/** In the head of the page in one file: it cannot know by itself where it comes from. */
const NAME = 'gru-published';
const MARK = '<meta charset="utf-8" />';

function folderOf(address: string): string {
  return new URL('./', address.replace(/[?#].*$/s, '')).href;
}

/** The folder of the published page; none where the page lies on a disk and was told of none. */
export function publishedSite(): string | undefined {
  const told = document.querySelector<HTMLMetaElement>(`meta[name=${NAME}]`)?.content ?? '';
  if (/^https?:/.test(told)) return told;
  return location.protocol === 'file:' ? undefined : folderOf(location.href);
}

/** The page in one file, told where it was saved from. */
export function toldOf(page: string, site: string): string {
  const meta = `<meta name="${NAME}" content="${site.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}" />`;
  return page.replace(new RegExp(`\\s*<meta name="${NAME}"[^>]*>`), '').replace(MARK, () => `${MARK}\n    ${meta}`);
}
