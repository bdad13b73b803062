import { Empty, Panel } from '@heavylift/ui'
import { behindWords } from '../words.ts'
import type { Book } from './insight-book.ts'
import { timeOf } from './insight-book.ts'
import styles from './director.module.css'

interface Listed {
  id: string
  atMs: number
  text: string
  importance: number
}

const leadInMs = 5_000
const shown = 8
/** Where no rule says which moments are key, the most important tags stand for them. */
const leastTag = 0.4

/** The moments that the story of the match cannot do without, newest first; a click shows one again. */
export function KeyMoments({
  book,
  chosenId,
  onReplay,
  onSelect,
}: {
  book: Book
  chosenId: string
  onReplay: (atMs: number) => void
  onSelect: (id: string) => void
}) {
  const moments = momentsOf(book)
  const newestMs = Math.max(
    0,
    ...book.insights.slice(-1).map(timeOf),
    ...book.tags.slice(-1).map((tag) => tag.startMs),
  )
  return (
    <Panel title="Key moments" note="newest first; a click shows it again" flush>
      {moments.length === 0 ? (
        <Empty title="None yet">The moments that decide the match are listed here as they happen.</Empty>
      ) : (
        <ul className={styles['moments']}>
          {moments.map(({ id, atMs, text, importance }) => (
            <li key={id}>
              <button
                type="button"
                aria-pressed={id === chosenId}
                onClick={() => {
                  onSelect(id)
                  onReplay(atMs - leadInMs)
                }}
              >
                <i style={{ height: `${20 + importance * 80}%` }} aria-hidden="true" />
                <span>{text}</span>
                <small className="hl-number">{behindWords(Math.max(0, newestMs - atMs))}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function momentsOf(book: Book): Listed[] {
  const key = book.insights.filter(({ insight }) => insight.kind.endsWith('key-moment'))
  const listed: Listed[] =
    key.length > 0
      ? key.map((entry) => ({
          id: entry.insight.id,
          atMs: timeOf(entry),
          text: entry.insight.headline,
          importance: entry.insight.importance,
        }))
      : book.tags
          .filter(({ importance }) => importance >= leastTag)
          .map((tag) => ({ id: tag.id, atMs: tag.startMs, text: tag.text, importance: tag.importance }))
  return listed.toSorted((a, b) => b.atMs - a.atMs).slice(0, shown)
}
