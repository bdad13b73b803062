import { Button, FileButton, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { ErrorState, Loaded, Panel } from '@heavylift/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { asks } from '../../src/what-if/question.ts'
import { api } from '../api.ts'
import { chosen } from '../floor/chosen-map.ts'
import type { ChosenMap } from '../floor/chosen-map.ts'
import type { Box } from '../floor/floor-picture.tsx'
import { FloorPicture } from '../floor/floor-picture.tsx'
import styles from '../live/live.module.css'

type Ask = (typeof asks)[number]

/** How each question is put, and what its axis shows. */
export const askWords: Record<Ask, { label: string; axis: string }> = {
  robots: { label: 'How many robots do I need?', axis: 'robots' },
  'closed aisle': { label: 'What if an aisle is closed?', axis: 'the floor' },
  stations: { label: 'What do more stations bring?', axis: 'share of the stations that are open' },
}

/** Shares of the cells that robots stand on, as first numbers to ask of. */
const firstShares = [0.02, 0.04, 0.08, 0.12, 0.2, 0.3]

/** A question about a floor, with what it needs to know. */
export function QuestionForm({ onAsked }: { onAsked: (id: string) => void }) {
  const [ask, setAsk] = useState<Ask>('robots')
  const [counts, setCounts] = useState('100, 200, 300, 400, 600, 800')
  const [robots, setRobots] = useState(250)
  const [closed, setClosed] = useState('12, 36, 33, 40')
  const [shares, setShares] = useState('25, 50, 75, 100')
  const [rows, setRows] = useState(46)
  const [columns, setColumns] = useState(80)
  const [aisle, setAisle] = useState('2')
  const [goal, setGoal] = useState<number | null>(12_000)
  const [seeds, setSeeds] = useState(4)
  const [cellSeconds, setCellSeconds] = useState(1)
  const [handlingSeconds, setHandlingSeconds] = useState(5)
  const [map, setMap] = useState<ChosenMap | null>(chosen.map)
  const floor = useQuery({
    queryKey: ['robots', 'read', { map: map?.text, name: map?.name }],
    queryFn: () => api.post('/floors/read', { body: { map: map!.text, name: map!.name } }),
    enabled: map !== null,
    retry: false,
    staleTime: Infinity,
  })
  useEffect(() => {
    if (floor.data === undefined) return
    const { largestPart, rows: height, columns: width } = floor.data
    const numbers = firstShares.map((share) => Math.max(1, Math.round(share * largestPart)))
    setCounts([...new Set(numbers)].join(', '))
    setRobots(numbers[2]!)
    setGoal(null)
    const [row, column] = [Math.floor(height / 3), Math.floor(width / 2)]
    setClosed([row, column, Math.min(height - 1, row * 2), Math.min(width - 1, column + 1)].join(', '))
  }, [floor.data])
  const take = (next: ChosenMap | null): void => {
    chosen.map = next
    setMap(next)
    if (next === null) setGoal(12_000)
  }
  const asking = useMutation({
    mutationFn: () => {
      return api.post('/what-if', {
        body: {
          ask,
          rows,
          columns,
          aisle: aisle === '1' ? 1 : 2,
          robots,
          goalPerHour: goal,
          seeds,
          cellSeconds,
          handlingSeconds,
          map,
          ...(ask === 'robots' ? { counts: numbersIn(counts) } : {}),
          ...(ask === 'stations' ? { stationShares: numbersIn(shares).map((share) => share / 100) } : {}),
          ...(ask === 'closed aisle' ? { closed: boxIn(closed) } : {}),
        },
      })
    },
    onSuccess: ({ id }) => onAsked(id),
  })
  const numberInput = (
    label: string,
    value: number,
    set: (value: number) => void,
    min: number,
    max: number,
  ) => (
    <NumberInput
      label={label}
      w={130}
      min={min}
      max={max}
      value={value}
      onChange={(next) => typeof next === 'number' && set(next)}
    />
  )
  return (
    <Panel title="Question">
      <Group gap="sm" mb="md">
        <span>
          {map === null ? 'Asked of a made floor.' : `Asked of ${map.name}.`}{' '}
          <span className="hl-dim">{floor.data?.note}</span>
        </span>
        <FileButton
          accept=".map,.lif,.json,.txt"
          onChange={(file) => void file?.text().then((text) => take({ name: file.name, text }))}
        >
          {(props) => (
            <Button variant="default" size="compact-md" {...props}>
              {map === null ? 'Ask of your map (movingai, LIF)' : 'Another map'}
            </Button>
          )}
        </FileButton>
        {map === null ? null : (
          <Button variant="default" size="compact-md" onClick={() => take(null)}>
            Back to a made floor
          </Button>
        )}
      </Group>
      {map === null ? null : (
        <Loaded of={floor} what="Reading the map">
          {({ rows: height, columns: width, cells }) =>
            cells === null ? null : (
              <FloorPicture
                rows={height}
                columns={width}
                cells={cells}
                {...(ask === 'closed aisle'
                  ? {
                      box: boxIn(closed),
                      onBox: ({ top, left, bottom, right }) =>
                        setClosed([top, left, bottom, right].join(', ')),
                    }
                  : {})}
              />
            )
          }
        </Loaded>
      )}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          asking.mutate()
        }}
      >
        <Select
          label="Question"
          w={260}
          allowDeselect={false}
          data={asks.map((value) => ({ value, label: askWords[value].label }))}
          value={ask}
          onChange={(value) => setAsk(value as Ask)}
        />
        {ask === 'robots' ? (
          <TextInput
            label="Numbers of robots"
            w={260}
            value={counts}
            onChange={(event) => setCounts(event.currentTarget.value)}
          />
        ) : (
          numberInput('Robots', robots, setRobots, 1, 5000)
        )}
        {ask === 'closed aisle' ? (
          <TextInput
            label="Closed: top, left, bottom, right"
            w={230}
            value={closed}
            onChange={(event) => setClosed(event.currentTarget.value)}
          />
        ) : null}
        {ask === 'stations' ? (
          <TextInput
            label="Open stations, %"
            w={180}
            value={shares}
            onChange={(event) => setShares(event.currentTarget.value)}
          />
        ) : null}
        {map === null ? (
          <>
            {numberInput('Rows', rows, setRows, 24, 400)}
            {numberInput('Columns', columns, setColumns, 24, 1000)}
            <Select
              label="Aisles"
              w={120}
              allowDeselect={false}
              data={[
                { value: '1', label: 'one cell' },
                { value: '2', label: 'two cells' },
              ]}
              value={aisle}
              onChange={(value) => setAisle(value ?? '2')}
            />
          </>
        ) : null}
        <NumberInput
          label="Goal, tasks an hour"
          placeholder="none"
          w={150}
          min={1}
          max={10_000_000}
          value={goal ?? ''}
          onChange={(next) => setGoal(typeof next === 'number' ? next : null)}
        />
        {numberInput('Runs of each', seeds, setSeeds, 2, 12)}
        {numberInput('Seconds a cell', cellSeconds, setCellSeconds, 0.2, 20)}
        {numberInput('Seconds to load', handlingSeconds, setHandlingSeconds, 0, 300)}
        <Button type="submit" loading={asking.isPending}>
          Ask
        </Button>
      </form>
      {asking.isError ? <ErrorState error={asking.error} /> : null}
    </Panel>
  )
}

function boxIn(text: string): Box {
  const [top = 0, left = 0, bottom = 0, right = 0] = numbersIn(text)
  return { top, left, bottom, right }
}

const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number)
