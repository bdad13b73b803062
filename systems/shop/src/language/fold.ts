/** Lower case without diacritics, with plain quotes, dashes and inch marks; compatibility forms folded (NFKC). */
export function fold(text: string): string {
  // Most text is plain ASCII; the rest is worth its time only for other text.
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x5f\x61-\x7f]*$/.test(text)) return text.toLowerCase().replaceAll("''", '"')
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replace(/[\u2018\u2019\u2032\u02bc`\u00b4]/g, "'")
    .replace(/[\u201c\u201d]|''/g, '"')
    .replace(/[\u2014\u2015]/g, ' - ')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[\u00d7\u2715]/g, 'x')
}
