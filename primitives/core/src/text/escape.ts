const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const xmlEscapes: Readonly<Record<string, string>> = {
  ...htmlEscapes,
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}
const htmlUnescapes = new Map(Object.entries(htmlEscapes).map(([character, escape]) => [escape, character]))

/** Text as it stands in HTML or SVG: as content, or in an attribute with quotes of either kind. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes[character]!)
}

/** The inverse of `escapeHtml`; other character references stay as they are. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (escape) => htmlUnescapes.get(escape)!)
}

/**
 * Text as it stands in XML. Line ends and tabs are escaped too, as a parser turns those of an attribute into blanks (XML 1.0,
 * 3.3.3).
 */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\n\r\t]/g, (character) => xmlEscapes[character]!)
}
