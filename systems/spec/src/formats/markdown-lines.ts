import type { Span } from './source-text.ts'

export interface MarkdownLine extends Span {
  /** Without the ending of the line, and without a byte order mark before it. */
  text: string
  /** Where the next line begins. */
  next: number
  /** Inside a fenced block or an HTML comment, fences and comment marks included: not structure. */
  isVerbatim: boolean
  /** ATX heading (CommonMark 0.31, 4.2); its text without a closing run of `#`. */
  heading?: { level: number; text: string }
}

/**
 * The lines of a Markdown document with their positions. Structure is looked for in lines that are not verbatim only; a
 * fence may be indented, as it is below a list item, and one that nobody closes runs to the end (CommonMark 0.31, 4.5).
 */
export function readLines(text: string): MarkdownLine[] {
  const lines: MarkdownLine[] = []
  let fence: { mark: string; length: number } | null = null
  let isComment = false
  let at = 0
  while (at < text.length) {
    const feed = text.indexOf('\n', at)
    const next = feed === -1 ? text.length : feed + 1
    let end = feed === -1 ? text.length : feed
    if (end > at && text[end - 1] === '\r') end--
    const start = at === 0 && text.startsWith('\uFEFF') ? 1 : at
    const content = text.slice(start, end)
    let isVerbatim = fence !== null || isComment
    if (fence) {
      const close = /^\s*(`{3,}|~{3,})\s*$/.exec(content)?.[1]
      if (close?.startsWith(fence.mark) && close.length >= fence.length) fence = null
    } else if (isComment) {
      if (content.includes('-->')) isComment = false
    } else {
      const open = /^\s*(?:`{3,}(?=[^`]*$)|~{3,})/.exec(content)?.[0].trim()
      if (open) {
        fence = { mark: open[0] ?? '`', length: open.length }
        isVerbatim = true
      } else if (/^\s*<!--/.test(content)) {
        isVerbatim = true
        isComment = !content.includes('-->')
      }
    }
    const line: MarkdownLine = { start, end, next, text: content, isVerbatim }
    const heading = isVerbatim ? null : /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(content)
    if (heading)
      line.heading = {
        level: heading[1]?.length ?? 1,
        text: (heading[2] ?? '').replace(/(?:^|[ \t]+)#+[ \t]*$/, '').trim(),
      }
    lines.push(line)
    at = next
  }
  return lines
}

/** A heading with all lines up to the next heading of its level or above. */
export interface Section extends Span {
  heading: MarkdownLine & { heading: { level: number; text: string } }
  /** Index of the heading among the lines, and of the line behind the section. */
  from: number
  to: number
}

/** Every section of a document in order; the sections of lower levels lie inside those above. */
export function readSections(lines: readonly MarkdownLine[]): Section[] {
  const sections: Section[] = []
  for (const [from, line] of lines.entries()) {
    if (!hasHeading(line)) continue
    let to = from + 1
    while (to < lines.length) {
      const level = lines[to]?.heading?.level
      if (level !== undefined && level <= line.heading.level) break
      to++
    }
    sections.push({ heading: line, from, to, start: line.start, end: lines[to - 1]?.next ?? line.next })
  }
  return sections
}

function hasHeading(line: MarkdownLine): line is Section['heading'] {
  return line.heading !== undefined
}

export interface ListItem extends Span {
  /** `1.`, `-`, `2.1`, `T001`: as written, without marks of emphasis. */
  marker: string
  /** Columns before it. */
  indent: number
  /** Behind the marker and a checkbox, its lines joined by a space. */
  text: string
  textSpan: Span
  checkbox?: { isDone: boolean; isOptional: boolean; mark: Span }
  /** Index of its first line, and of the line behind its own text (before items below it). */
  from: number
  to: number
}

const itemForm =
  /^(\s*)((?:\*\*)?(?:\d+[.)]|\d+(?:\.\d+)+[.)]?)(?:\*\*)?:?(?=\s)|[-*+](?=\s))(\s+)(?:\[([ xX~/-])\](\*)?\s+)?(.*)$/

/**
 * Items of lists among the lines `from` to `to`, in order, at every depth; a paragraph that a number of two parts begins
 * (`1.2 When…`) counts as one. An item's text goes on over the lines behind it, up to a blank line, a heading, a fence, a
 * table, a quote or the next item.
 */
export function readItems(lines: readonly MarkdownLine[], from: number, to: number): ListItem[] {
  const items: ListItem[] = []
  let at = from
  while (at < to) {
    const line = lines[at]
    const match = line && !line.isVerbatim && !line.heading ? itemForm.exec(line.text) : null
    if (!line || !match) {
      at++
      continue
    }
    const [, indent = '', marker = '', , box, star, text = ''] = match
    let last = at + 1
    while (last < to && continues(lines[last])) last++
    items.push({
      marker: marker.replaceAll('*', marker.length > 1 ? '' : '*'),
      indent: indent.replaceAll('\t', '    ').length,
      text: [text, ...lines.slice(at + 1, last).map((one) => one.text)]
        .map((one) => one.trim())
        .filter((one) => one !== '')
        .join(' '),
      textSpan: { start: line.end - text.length, end: (lines[last - 1] ?? line).end },
      start: line.start,
      end: (lines[last - 1] ?? line).next,
      from: at,
      to: last,
      ...(box !== undefined && {
        checkbox: {
          isDone: /[xX]/.test(box),
          isOptional: star === '*',
          mark: span(line.start + line.text.indexOf('[', indent.length) + 1, 1),
        },
      }),
    })
    at = last
  }
  return items
}

const span = (start: number, length: number): Span => ({ start, end: start + length })

function continues(line: MarkdownLine | undefined): boolean {
  return (
    line !== undefined &&
    !line.isVerbatim &&
    !line.heading &&
    line.text.trim() !== '' &&
    !itemForm.test(line.text) &&
    !/^\s*(?:[-*_]\s*){3,}$/.test(line.text) &&
    !/^\s*[|>]/.test(line.text)
  )
}
