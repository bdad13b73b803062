import { Button, FileButton, Group, Textarea } from '@mantine/core'
import { Canvas, Empty, ErrorState, Page, Panel, Skeleton, Stat, Stats, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../api.ts'
import styles from '../live/live.module.css'

const sample = [
  'type octile',
  'height 12',
  'width 24',
  'map',
  'E......................E',
  '........................',
  'E..@@@@@@@..@@@@@@@....E',
  '...@@@@@@@..@@@@@@@.....',
  'E......................E',
  '........................',
  'E..@@@@@@@..@@@@@@@....E',
  '...@@@@@@@..@@@@@@@..@@@',
  'E....................@..',
  '.....................@@@',
  'E......................E',
  'S......S......S........S',
].join('\n')

/** Characters of a file that are shown in the text box; the rest is read all the same. */
const mostShown = 200_000

/** A map of a floor, read, counted and drawn. */
export default function ReadFloor() {
  const [text, setText] = useState(sample)
  const [asked, setAsked] = useState({ map: sample, name: 'sample.map' })
  const reading = useQuery({
    queryKey: ['robots', 'read', asked],
    queryFn: () => api.post('/floors/read', { body: asked }),
    retry: false,
    staleTime: Infinity,
  })
  const open = async (file: File | null): Promise<void> => {
    if (file === null) return
    const map = await file.text()
    setText(map.length > mostShown ? '' : map)
    setAsked({ map, name: file.name })
  }
  const found = reading.data
  return (
    <Page
      title="Read a map"
      lead="A floor as researchers and planners write it: a movingai map or a LIF layout, read and checked line by line."
    >
      <Panel title={asked.name} note={found ? `${found.rows} × ${found.columns} cells` : ''} flush>
        {reading.isError ? <ErrorState error={reading.error} /> : null}
        {reading.isPending ? <Skeleton what="Reading the map" lines={6} /> : null}
        {found ? (
          <>
            {found.cells === null ? (
              <Empty title="Too large for a picture">It was read all the same.</Empty>
            ) : (
              <FloorPicture rows={found.rows} columns={found.columns} cells={found.cells} />
            )}
            <div role="status">
              <Stats>
                <Stat label="Free cells" value={formatCount(found.freeCells)} />
                <Stat
                  label="Parts"
                  value={formatCount(found.parts)}
                  detail={found.parts > 1 ? 'no way leads from one to another' : 'all is connected'}
                  {...(found.parts > 1 ? { tone: 'warn' as const } : {})}
                />
                <Stat label="Largest part" value={formatCount(found.largestPart)} unit="cells" />
              </Stats>
            </div>
          </>
        ) : null}
      </Panel>
      <Panel title="Your map">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setAsked({ map: text, name: 'map' })
          }}
        >
          <Textarea
            label="Map"
            autosize
            minRows={6}
            maxRows={16}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group mt="sm">
            <Button type="submit" loading={reading.isFetching}>
              Read
            </Button>
            <FileButton onChange={(file) => void open(file)} accept=".map,.lif,.json,.txt">
              {(props) => (
                <Button variant="default" {...props}>
                  Choose a file (movingai, LIF)
                </Button>
              )}
            </FileButton>
          </Group>
        </form>
      </Panel>
    </Page>
  )
}

/** Free cells light, walls dark, what is cut off from the largest part in the colour of warnings. */
function FloorPicture({ rows, columns, cells }: { rows: number; columns: number; cells: string }) {
  const bytes = useMemo(() => Uint8Array.from(atob(cells), (letter) => letter.charCodeAt(0)), [cells])
  return (
    <Canvas
      className={styles['map']}
      label={`The floor of ${rows} × ${columns} cells`}
      wakesAtOnce
      draw={(ctx, { size, palette }) => {
        const scale = Math.min(size.width / columns, size.height / rows)
        const [left, top] = [(size.width - columns * scale) / 2, (size.height - rows * scale) / 2]
        ctx.fillStyle = palette.ground
        ctx.fillRect(0, 0, size.width, size.height)
        ctx.fillStyle = palette.line
        ctx.fillRect(left, top, columns * scale, rows * scale)
        for (const [cell, kind] of bytes.entries()) {
          if (kind === 0) continue
          ctx.fillStyle = kind === 1 ? palette.surface : palette.warn
          const x = left + (cell % columns) * scale
          ctx.fillRect(
            x,
            top + Math.floor(cell / columns) * scale,
            Math.max(1, scale - 0.5),
            Math.max(1, scale - 0.5),
          )
        }
      }}
    />
  )
}
