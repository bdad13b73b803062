/** A piece of an answer's text. */
export type TextPiece =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'citation'; number: number }

export interface TextBlock {
  kind: 'paragraph' | 'item'
  pieces: TextPiece[]
}

/**
 * Reads an answer's text: paragraphs on blank lines, list items on lines that start with `- ` or `• `, `**strong**`, and
 * `[n]` that refers to a citation. Nothing else has a meaning; HTML stays text. Works on half an answer too.
 */
export function readText(text: string): TextBlock[] {
  const blocks: TextBlock[] = []
  let paragraph = ''
  const flush = () => {
    if (paragraph.trim() !== '') blocks.push({ kind: 'paragraph', pieces: readPieces(paragraph.trim()) })
    paragraph = ''
  }
  for (const line of text.split('\n')) {
    const item = /^\s*[-•]\s+(.*)$/.exec(line)
    if (item) {
      flush()
      blocks.push({ kind: 'item', pieces: readPieces(item[1] ?? '') })
    } else if (line.trim() === '') flush()
    else paragraph += (paragraph === '' ? '' : ' ') + line
  }
  flush()
  return blocks
}

function readPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  for (const match of text.matchAll(/\[(\d{1,3})\]|\*\*([^*]+)\*\*/g)) {
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) })
    if (match[1] !== undefined) pieces.push({ kind: 'citation', number: Number(match[1]) })
    else pieces.push({ kind: 'strong', text: match[2] ?? '' })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) })
  return pieces
}
