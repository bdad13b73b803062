import { useQuery } from '@tanstack/react-query'
import { Panel } from '@heavylift/ui'
import { api } from '../api.ts'
import styles from './director.module.css'

/** The match in a few sentences; each leads to the first of the moments that it rests on. */
export function Story({ matchId, onSelect }: { matchId: string; onSelect: (tagId: string) => void }) {
  const summary = useQuery({
    queryKey: ['live', 'summary', matchId],
    queryFn: ({ signal }) => api.get('/matches/:matchId/summary', { params: { matchId }, signal }),
    refetchInterval: 20_000,
  })
  const sentences = summary.data?.sentences ?? []
  if (sentences.length === 0) return null
  return (
    <Panel title="The story so far" note="each sentence rests on moments of the feed">
      <p className={styles['story']}>
        {sentences.map(({ text, tagIds }) => {
          const first = tagIds[0]
          return first === undefined ? (
            <span key={text}>{text} </span>
          ) : (
            <button key={text} type="button" onClick={() => onSelect(first)}>
              {text}{' '}
            </button>
          )
        })}
      </p>
    </Panel>
  )
}
