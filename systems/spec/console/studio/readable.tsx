import type { Piece } from './changed-words.ts'
import styles from './studio.module.css'

const mostCharacters = 48

/** A sentence with its expressions of code short enough to read; each whole where one points at it. The spec's own text stays as it is. */
export function Readable({ text }: { text: string }) {
  return text.split(/(`[^`]+`)/).map((part, at) =>
    part.startsWith('`') ? (
      <code key={`${at} ${part}`} title={part.slice(1, -1)}>
        {shortExpression(part.slice(1, -1))}
      </code>
    ) : (
      part
    ),
  )
}

/** A sentence with what changed in it marked, and that in full. */
export function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ text, isChanged }, at) =>
    isChanged && text.trim() !== '' ? (
      <mark key={`${at} ${text}`} className={styles['changed']}>
        {text}
      </mark>
    ) : (
      <Readable key={`${at} ${text}`} text={text} />
    ),
  )
}

/**
 * `mongoose.model("User", …).findOne({ email })` as `mongoose.model(…).findOne(…)`; of a chain that is still long its last two
 * links, since they say what is asked. An expression that fits stays.
 */
export function shortExpression(code: string): string {
  if (code.length <= mostCharacters) return code
  let [short, depth, quote] = ['', 0, '']
  for (let at = 0; at < code.length; at++) {
    const one = code.charAt(at)
    if (quote !== '') {
      if (one === quote && code[at - 1] !== '\\') quote = ''
      if (depth === 0) short += one
      continue
    }
    if (/["'`]/.test(one)) quote = one
    if (/[)\]}]/.test(one)) depth = Math.max(0, depth - 1)
    if (depth === 0) short += one
    if (/[([{]/.test(one) && depth++ === 0) short += /[)\]}]/.test(code[at + 1] ?? '') ? '' : '…'
  }
  const links = short.split('.')
  if (short.length <= mostCharacters || links.length < 3) return short
  return `….${links.slice(-2).join('.')}`
}
