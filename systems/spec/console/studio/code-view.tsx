import { Empty, Loaded, Panel, cx } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../api.ts'
import type { Shown } from './load.ts'
import styles from './studio.module.css'

type Span = Shown['sentences'][number]['spans'][number]
type Code = Awaited<ReturnType<typeof loadCode>>
type Mark = Code['marks'][number]

const loadCode = (id: string, path: string, signal: AbortSignal) =>
  api.get('/repositories/:id/code', { params: { id }, query: { path }, signal })

/** One source; lines that sentences stand on are buttons, those of the chosen sentence are lit. */
export function CodeView({
  id,
  file,
  lit,
  line,
  others,
  onFile,
  onLine,
}: {
  id: string
  file: string
  lit: readonly Span[]
  /** The line that was chosen; 0 where a sentence was. */
  line: number
  /** What the sentence stands on in other files. */
  others: readonly Span[]
  onFile: (path: string) => void
  onLine: (line: number, mark: Mark | undefined) => void
}) {
  const code = useQuery({
    queryKey: ['spec', id, 'code', file],
    queryFn: ({ signal }) => loadCode(id, file, signal),
    enabled: file !== '',
  })
  return (
    <Panel
      title="Code"
      note={<span className="hl-code">{file}</span>}
      className={styles['half']}
      actions={[...new Set(others.map(({ path }) => path))].slice(0, 3).map((path) => (
        <button key={path} type="button" className={styles['link']} title={path} onClick={() => onFile(path)}>
          also {path.split('/').at(-1)}
        </button>
      ))}
      flush
    >
      {file === '' ? (
        <Empty title="Choose a sentence">Its code is shown here.</Empty>
      ) : (
        <Loaded of={code} what="Loading the code">
          {(data) => <Lines code={data} lit={lit} line={line} onLine={onLine} />}
        </Loaded>
      )}
    </Panel>
  )
}

function Lines({
  code: { text, marks, path },
  lit,
  line,
  onLine,
}: {
  code: Code
  lit: readonly Span[]
  line: number
  onLine: (line: number, mark: Mark | undefined) => void
}) {
  const frame = useRef<HTMLDivElement>(null)
  const target = line > 0 ? line : (lit[0]?.line ?? 0)
  useEffect(() => {
    const element = frame.current?.querySelector<HTMLElement>(`[data-line="${target}"]`)
    if (frame.current && element) frame.current.scrollTop = element.offsetTop - frame.current.clientHeight / 3
  }, [target, path])
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const byLine = new Map<number, Mark[]>()
  for (const mark of marks)
    for (let at = mark.line; at <= mark.endLine; at++) byLine.set(at, [...(byLine.get(at) ?? []), mark])
  const isLit = (at: number) =>
    at === line || (line === 0 && lit.some((span) => span.line <= at && at <= span.endLine))
  return (
    <div ref={frame} className={styles['code']} tabIndex={0} role="region" aria-label={`Code of ${path}`}>
      {lines.map((content, index) => {
        const at = index + 1
        const own = byLine.get(at)
        return (
          <div key={at} data-line={at} className={cx(styles['line'], isLit(at) && styles['lit'])}>
            {own ? (
              <button
                type="button"
                className={styles['gutter']}
                aria-label={`Line ${at}: ${countWord(own.length)} on it`}
                title={[...new Set(own.map((mark) => mark.text))].slice(0, 6).join('\n')}
                onClick={() => onLine(at, own.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0])}
              >
                {at}
              </button>
            ) : (
              <span className={styles['gutter']}>{at}</span>
            )}
            <code>{content === '' ? ' ' : content}</code>
          </div>
        )
      })}
    </div>
  )
}

const lengthOf = ({ line, endLine }: Mark) => endLine - line
const countWord = (n: number) => (n === 1 ? '1 sentence stands' : `${n} sentences stand`)
