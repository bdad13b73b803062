/** A heading's anchor, as GitHub makes it: lower case, blanks as hyphens, other signs gone. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** Text without fenced blocks of code, line for line. */
function withoutFences(text: string): string[] {
  let isCode = false
  return text.split('\n').map((line) => {
    const isFence = /^\s*(```|~~~)/.test(line)
    if (isFence) isCode = !isCode
    return isCode || isFence ? '' : line
  })
}

/** Anchors of a page's headings. */
export function listAnchors(text: string): Set<string> {
  return new Set(
    withoutFences(text).flatMap((line) => {
      const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
      return heading === undefined ? [] : [anchorOf(heading)]
    }),
  )
}

/** What stands at a line of a page, counted from 1. */
export interface Mention {
  text: string
  line: number
}

/** Targets of the links and pictures of a page, without those in code. */
export function listLinks(text: string): Mention[] {
  return withoutFences(text).flatMap((line, i) =>
    [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)].map(
      ([, target = '']) => ({
        text: target,
        line: i + 1,
      }),
    ),
  )
}

/** What stands in backticks within lines of a page. */
export function listCode(text: string): Mention[] {
  return withoutFences(text).flatMap((line, i) =>
    [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ text: code, line: i + 1 })),
  )
}
