import { Empty } from '@heavylift/ui'
import styles from './studio.module.css'

/** A diff by meaning, a line each; the mark says it without its colour. */
export function DiffLines({
  lines,
  empty = 'Nothing differs',
}: {
  lines: readonly { mark: string; text: string }[]
  empty?: string
}) {
  if (lines.length === 0) return <Empty title={empty} />
  return (
    <ul className={styles['diff']}>
      {lines.map(({ mark, text }, index) => (
        <li key={index} data-mark={mark}>
          <b>{mark}</b>
          <span className="hl-code">{text}</span>
        </li>
      ))}
    </ul>
  )
}
