import { decodeEntities, plainText, withoutScripts } from './clean-text.ts'

/** What begins a new line on a page. */
const block =
  /<\/?(?:p|div|ul|ol|dl|dd|dt|table|tbody|tr|section|article|header|footer|blockquote|figure|h[1-6]|br|hr)\b[^<>]*>/gi
/** Marks of bold text while tags are read; control characters are in no text. */
const [boldFrom, boldTo] = ['\u0002', '\u0003']
const bold = new RegExp(`^${boldFrom}+([^${boldFrom}${boldTo}]{2,60})${boldTo}+$`)
/** More words in bold are a sentence that is stressed. */
const longestHeading = 5

/**
 * Plain text of what may be HTML, escaped HTML included, in the lines that a page shows: an item of a list begins with `• `, a heading, be
 * it a line in bold alone, ends with a colon. Text without tags keeps its own lines, but for those that go on in the next.
 */
export function textLines(value: string): string {
  // Ends of lines that an export escaped twice; a path (`C:\new`) has none.
  const whole = value.replaceAll(/(?<!:)(?:\\r)?\\n/g, '\n')
  const shown = withoutScripts(
    !whole.includes('<') && /&lt;\/?[a-z]/i.test(whole) ? decodeEntities(whole) : whole,
  )
  const isMarkup = /<\/?[a-z][^<>]*>/i.test(shown)
  const lines = (isMarkup ? ofMarkup(shown) : shown.replaceAll(/[^\S\n]*\r?\n[^\S\n]*(?=\p{Ll})/gu, ' '))
    .split(/[\r\n]+/)
    .map((line) => ({
      text: plainText(line),
      // oxlint-disable-next-line no-control-regex -- the marks of bold text
      heading: bold.exec(line.replaceAll(/\s*([\u0002\u0003])\s*/g, '$1').trim())?.[1],
    }))
    .filter(({ text }) => text !== '' && text !== '•')
  return lines
    .map(({ text, heading }, at) => {
      const isHeading =
        heading !== undefined &&
        lines[at + 1] !== undefined &&
        lines[at + 1]?.heading === undefined &&
        text.split(' ').length <= longestHeading &&
        /[\p{L}\p{N})]$/u.test(text)
      return isHeading ? `${text}:` : text
    })
    .join('\n')
}

const ofMarkup = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(?:b|strong|h[1-6])(?:\s[^<>]*)?>/gi, (tag) =>
      /^<h/i.test(tag) ? `\n${boldFrom}` : boldFrom,
    )
    .replaceAll(/<\/(?:b|strong|h[1-6])\s*>/gi, (tag) => (/^<\/h/i.test(tag) ? `${boldTo}\n` : boldTo))
    // A paragraph within an item is the item.
    .replaceAll(/<li\b[^<>]*>(?:\s*<(?:p|div)\b[^<>]*>)*/gi, '\n• ')
    .replaceAll(/<\/li\s*>/gi, '\n')
    .replaceAll(block, '\n')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
