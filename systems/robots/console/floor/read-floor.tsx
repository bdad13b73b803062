import { Button, FileButton, Group, Textarea } from '@mantine/core'
import { Empty, ErrorState, Page, Panel, Skeleton, Stat, Stats, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { chosen } from './chosen-map.ts'
import { FloorPicture } from './floor-picture.tsx'

const sample = [
  'type octile',
  'height 12',
  'width 24',
  'map',
  '........................',
  'S..EEEEEEE..EEEEEEE....S',
  '...@@@@@@@..@@@@@@@.....',
  '...@@@@@@@..@@@@@@@.....',
  'S..EEEEEEE..EEEEEEE....S',
  '........................',
  '...@@@@@@@..@@@@@@@.....',
  'S..@@@@@@@..@@@@@@@..@@@',
  '...EEEEEEE..EEEEEEE..@..',
  '.....................@@@',
  'S......................S',
  '........................',
].join('\n')

/** Characters of a file that are shown in the text box; the rest is read all the same. */
const mostShown = 200_000

/** A map of a floor, read, counted and drawn. */
export default function ReadFloor() {
  const navigate = useNavigate()
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
                <Stat label="Goods are fetched at" value={formatCount(found.fetchCells)} unit="cells" />
                <Stat label="and brought to" value={formatCount(found.stationCells)} unit="cells" />
              </Stats>
            </div>
            <Group px="md" py="md" justify="space-between" gap="sm">
              <p className="hl-dim">{found.note}</p>
              {found.canRun ? (
                <Button
                  onClick={() => {
                    chosen.map = { name: asked.name, text: asked.map }
                    void navigate({ to: '/robots/what-if' as '/' })
                  }}
                >
                  How many robots does it need?
                </Button>
              ) : (
                <p className="hl-dim">Too large, or too small, to be run by the dozen.</p>
              )}
            </Group>
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
