import type { Requirement } from '../formats/document.ts'

/** A block without the blank lines behind it, its lines ended by `\n`. */
export function blockOf(text: string, { span }: Requirement): string {
  return text.slice(span.start, span.end).replaceAll(/\r\n?/g, '\n').trimEnd()
}
