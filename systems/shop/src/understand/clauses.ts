interface Clause {
  text: string
  /** Where it begins in the message. */
  start: number
}

/** The parts of a message between stops, commas and dashes that hold two words or more; the whole message where it has no others. */
export function clausesOf(message: string): Clause[] {
  const clauses: Clause[] = []
  for (const match of message.matchAll(/(?:[^,;:!?\n.\s]|\.(?=\S)|\s(?![-–—]\s))+/gu)) {
    const text = match[0].trim()
    if (/\S\s+\S/.test(text))
      clauses.push({ text, start: match.index + match[0].length - match[0].trimStart().length })
  }
  return clauses.length > 0 ? clauses : [{ text: message, start: 0 }]
}
