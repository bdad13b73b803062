import { DataTable, Empty, Loaded, Panel, formatCount, formatPercent } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { squarify } from './treemap.ts'
import styles from './studio.module.css'

type File = Awaited<ReturnType<typeof loadMap>>['files'][number]
export const loadMap = (id: string, signal: AbortSignal) =>
  api.get('/repositories/:id/map', { params: { id }, signal })

const frame = { x: 0, y: 0, width: 1000, height: 460 }
const mostShown = 600
const outcomeWords: Record<File['outcome'], string> = {
  read: 'read',
  'read-in-part': 'read in part',
  unreadable: 'not readable',
  'too-large': 'too large',
  binary: 'binary',
  generated: 'generated',
  test: 'test',
  'other-language': 'language not read',
  'not-built': 'not part of the build',
}
const isRead = ({ outcome }: File) => outcome === 'read' || outcome === 'read-in-part'
const share = ({ coveredLines, lines }: File) => (lines === 0 ? 0 : coveredLines / lines)

/** The repository as a map: a field a file, as large as its lines, as dark as what the spec stands on. */
export function CoverageMap({ id, onOpen }: { id: string; onOpen: (path: string) => void }) {
  const map = useQuery({ queryKey: ['spec', id, 'map'], queryFn: ({ signal }) => loadMap(id, signal) })
  return (
    <Loaded of={map} what="Loading the map">
      {({ files }) => {
        if (files.length === 0) return <Empty title="No sources were found" />
        const ordered = files.toSorted((a, b) => b.lines - a.lines)
        const read = files.filter(isRead)
        const [lines, covered] = [read, read].map((all, at) =>
          all.reduce((sum, one) => sum + (at === 0 ? one.lines : one.coveredLines), 0),
        )
        const carrying = read.filter(({ facts }) => facts > 0).length
        const summary = `${formatCount(files.length)} sources; of ${formatCount(read.length)} that were read, ${formatCount(carrying)} carry the spec, on ${formatCount(covered ?? 0)} of ${formatCount(lines ?? 0)} lines.${read.length > 0 && read.length < files.length ? ` The ${formatCount(files.length - read.length)} others (tests, generated, other languages) are in the list.` : ''}`
        return (
          <>
            <Panel title="Coverage" note={summary}>
              <Legend />
              <CoveragePicture files={read.length > 0 ? read : files} label={summary} onOpen={onOpen} />
            </Panel>
            <Panel title="Sources" note={formatCount(files.length)} flush>
              <DataTable
                caption="Sources"
                rows={ordered}
                keyOf={({ path }) => path}
                onOpen={({ path }) => onOpen(path)}
                columns={[
                  {
                    key: 'path',
                    title: 'File',
                    isWide: true,
                    sortBy: ({ path }) => path,
                    render: ({ path }) => <span className="hl-code">{path}</span>,
                  },
                  {
                    key: 'lines',
                    title: 'Lines',
                    isNumber: true,
                    sortBy: ({ lines: n }) => n,
                    render: ({ lines: n }) => formatCount(n),
                  },
                  {
                    key: 'facts',
                    title: 'Facts',
                    isNumber: true,
                    sortBy: ({ facts }) => facts,
                    render: ({ facts }) => formatCount(facts),
                  },
                  {
                    key: 'share',
                    title: 'Lines in the spec',
                    isNumber: true,
                    sortBy: (one) => (isRead(one) ? share(one) : null),
                    render: (one) => (isRead(one) ? formatPercent(share(one)) : outcomeWords[one.outcome]),
                  },
                ]}
              />
            </Panel>
          </>
        )
      }}
    </Loaded>
  )
}

/** The fields of the map alone; small without names. */
export function CoveragePicture({
  files,
  label,
  onOpen,
  height: high = frame.height,
}: {
  files: File[]
  label: string
  onOpen?: (path: string) => void
  /** Of the picture, where its width is 1,000. */
  height?: number
}) {
  const ordered = files.toSorted((a, b) => b.lines - a.lines).slice(0, mostShown)
  return (
    <svg className={styles['map']} viewBox={`0 0 ${frame.width} ${high}`} role="img" aria-label={label}>
      {squarify(
        ordered.map((one) => one.lines),
        { ...frame, height: high },
      ).map(({ x, y, width, height }, at) => {
        const file = ordered[at]
        if (!file || width < 0.5 || height < 0.5) return null
        return (
          <g
            key={file.path}
            {...(onOpen && { onClick: () => onOpen(file.path), className: styles['field'] ?? '' })}
          >
            <rect
              x={x + 0.75}
              y={y + 0.75}
              width={Math.max(0, width - 1.5)}
              height={Math.max(0, height - 1.5)}
              data-level={levelOf(file)}
            >
              <title>{`${file.path}: ${formatCount(file.lines)} lines, ${wordOf(file)}`}</title>
            </rect>
            {onOpen && width > 70 && height > 20 ? (
              <text x={x + 6} y={y + 16} data-level={levelOf(file)}>
                {cut(file.path.split('/').at(-1) ?? '', width)}
              </text>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}

function Legend() {
  const levels = [
    ['0', 'nothing of it in the spec'],
    ['1', 'up to a tenth of its lines'],
    ['2', 'up to a third'],
    ['3', 'more'],
  ] as const
  return (
    <ul className={styles['legend']} aria-label="Legend">
      {levels.map(([level, words]) => (
        <li key={level}>
          <svg width="14" height="14" aria-hidden="true" className={styles['map']}>
            <rect width="14" height="14" data-level={level} />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

function levelOf(file: File): string {
  if (!isRead(file)) return 'out'
  if (file.facts === 0) return '0'
  const own = share(file)
  return own <= 0.1 ? '1' : own <= 1 / 3 ? '2' : '3'
}

function wordOf(file: File): string {
  if (!isRead(file)) return outcomeWords[file.outcome]
  return file.facts === 0
    ? 'nothing of it in the spec'
    : `${formatPercent(share(file))} of them in the spec, ${formatCount(file.facts)} facts`
}

const cut = (name: string, width: number) => {
  const most = Math.floor((width - 10) / 7)
  return name.length > most ? `${name.slice(0, Math.max(1, most - 1))}…` : name
}
