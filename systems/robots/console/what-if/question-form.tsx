import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { ErrorState, Panel } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { asks } from '../../src/what-if/question.ts'
import { api } from '../api.ts'
import styles from '../live/live.module.css'

type Ask = (typeof asks)[number]

/** How each question is put, and what its axis shows. */
export const askWords: Record<Ask, { label: string; axis: string }> = {
  robots: { label: 'How many robots do I need?', axis: 'robots' },
  'closed aisle': { label: 'What if an aisle is closed?', axis: 'the floor' },
  stations: { label: 'What do more stations bring?', axis: 'share of the stations that are open' },
}

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
  const [goal, setGoal] = useState(12_000)
  const [seeds, setSeeds] = useState(4)
  const asking = useMutation({
    mutationFn: () => {
      const [top, left, bottom, right] = numbersIn(closed)
      return api.post('/what-if', {
        body: {
          ask,
          rows,
          columns,
          aisle: aisle === '1' ? 1 : 2,
          robots,
          goalPerHour: goal,
          seeds,
          ...(ask === 'robots' ? { counts: numbersIn(counts) } : {}),
          ...(ask === 'stations' ? { stationShares: numbersIn(shares).map((share) => share / 100) } : {}),
          ...(ask === 'closed aisle'
            ? { closed: { top: top ?? 0, left: left ?? 0, bottom: bottom ?? 0, right: right ?? 0 } }
            : {}),
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
      w={120}
      min={min}
      max={max}
      value={value}
      onChange={(next) => typeof next === 'number' && set(next)}
    />
  )
  return (
    <Panel title="Question">
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
        {numberInput('Goal, tasks an hour', goal, setGoal, 1, 10_000_000)}
        {numberInput('Runs of each', seeds, setSeeds, 2, 12)}
        <Button type="submit" loading={asking.isPending}>
          Ask
        </Button>
      </form>
      {asking.isError ? <ErrorState error={asking.error} /> : null}
    </Panel>
  )
}

const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number)
