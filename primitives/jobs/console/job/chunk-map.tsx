import { Panel, format } from '@heavylift/ui'
import type { JobDetail } from '../../src/service/job-summary.ts'
import styles from './chunk-map.module.css'

const states = {
  d: 'done',
  f: 'done, with failed inputs',
  r: 'running',
  p: 'preempted, waits',
  x: 'failed, waits for its retry',
  w: 'waiting',
} as const
type Letter = keyof typeof states

/** Every chunk as a square, in order, by its state; what runs now is listed under it. */
export function ChunkMap({ detail: { job, chunkStates, running } }: { detail: JobDetail }) {
  const counts = new Map<Letter, number>()
  for (const letter of chunkStates) counts.set(letter as Letter, (counts.get(letter as Letter) ?? 0) + 1)
  const summary = (Object.keys(states) as Letter[])
    .filter((letter) => counts.has(letter))
    .map((letter) => `${counts.get(letter)} ${states[letter]}`)
    .join('; ')
  return (
    <Panel title="Chunks" note={`${format.formatCount(job.chunks)} in order, a square each`}>
      <div className="hl-stack">
        <ul className={styles['legend']}>
          {(Object.keys(states) as Letter[])
            .filter((letter) => counts.has(letter))
            .map((letter) => (
              <li key={letter}>
                <i data-state={letter} aria-hidden="true" /> {format.formatCount(counts.get(letter)!)}{' '}
                {states[letter]}
              </li>
            ))}
        </ul>
        <div
          className={styles['map']}
          data-size={job.chunks > 400 ? 'small' : undefined}
          role="img"
          aria-label={`Chunks: ${summary}`}
        >
          {Array.from(chunkStates, (letter, chunk) => (
            <i key={chunk} data-state={letter} title={`Chunk ${chunk}: ${states[letter as Letter]}`} />
          ))}
        </div>
        {running.length === 0 ? null : (
          <ul className={styles['running']} aria-label="Running now">
            {running.slice(0, 32).map(({ node, worker, chunk, inputs, inputsDone }) => (
              <li key={`${node} ${worker}`}>
                <span className="hl-code">
                  {node}/{worker}
                </span>
                <span>chunk {format.formatCount(chunk)}</span>
                <span className="hl-number">
                  {inputsDone} of {inputs}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
