import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  ErrorState,
  FilterBar,
  Loaded,
  Page,
  Panel,
  PlotFigure,
  Stat,
  Stats,
  format,
  formatPercent,
  useUrlState,
} from '@heavylift/ui'
import { kinds } from '../../src/domain/kinds.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { api, placesKey, summaryKey } from '../api.ts'
import { kindTitle } from '../kind-names.ts'
import { PlaceTable } from './place-table.tsx'

/** What addresses are, why, and what came of it. */
export default function Places() {
  const [state, set] = useUrlState({ place: '', kind: '', text: '' })
  const places = useQuery({
    queryKey: [...placesKey, 'list', state.kind, state.text],
    queryFn: ({ signal }) =>
      api.get('/places', {
        query: {
          limit: 500,
          ...(state.kind === '' ? {} : { kind: state.kind as Kind }),
          ...(state.text === '' ? {} : { text: state.text }),
        },
        signal,
      }),
  })
  return (
    <Page
      title="Places"
      lead="What kind of place an address is, out of what documents say about it, with the weight of each."
    >
      <Figures />
      <DecideOne onDecided={(id) => set({ place: id })} />
      <FilterBar>
        <TextInput
          aria-label="Find an address"
          placeholder="Find an address"
          value={state.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label="Kind of place"
          value={state.kind}
          onChange={(event) => set({ kind: event.currentTarget.value })}
          data={[
            { value: '', label: 'All kinds' },
            ...kinds.map((value) => ({ value, label: kindTitle(value) })),
          ]}
        />
      </FilterBar>
      <Panel
        title="Decided"
        note={places.data ? `${format.formatCount(places.data.places.length)} newest` : undefined}
        flush
      >
        <Loaded of={places} what="Loading addresses">
          {(loaded) => (
            <PlaceTable
              caption="Decided addresses"
              places={loaded.places}
              chosen={state.place}
              choose={(id) => set({ place: id })}
              empty="Decide one above, or send a file under Batch."
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}

function Figures() {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.delete('/samples'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['address'] }),
  })
  const summary = useQuery({ queryKey: summaryKey, queryFn: ({ signal }) => api.get('/summary', { signal }) })
  return (
    <Loaded of={summary} what="Loading figures">
      {({ kinds: counts, samples, calibration, defects, hours }) => {
        const known = counts.reduce((sum, one) => sum + one.asked + one.decided, 0)
        const asked = counts.reduce((sum, one) => sum + one.asked, 0)
        const judged = calibration.reduce((sum, one) => sum + one.n, 0)
        const right = calibration.reduce((sum, one) => sum + one.n * one.rate, 0)
        const { reductionPct } = defects
        return (
          <>
            <Stats>
              <Stat
                label="Decided without asking"
                value={known === 0 ? '–' : formatPercent((known - asked) / known)}
                detail={`${format.formatCount(known)} addresses, goal 80 %`}
              />
              <Stat
                label="Right, of those a person judged"
                value={judged === 0 ? '–' : formatPercent(right / judged)}
                detail={`${format.formatCount(judged)} judged`}
              />
              <Stat
                label="Fewer first-time defects"
                value={reductionPct === null ? '–' : `${Math.round(reductionPct.estimate)}`}
                unit={reductionPct === null ? '' : '%'}
                detail={
                  reductionPct === null
                    ? 'compared a minute after deliveries'
                    : `${Math.round(reductionPct.low)} to ${Math.round(reductionPct.high)} %, against ${format.formatCount(defects.arms[0]?.deliveries ?? 0)} without the agent${defects.isSample ? ', simulated' : ''}`
                }
              />
              <Stat
                label="Hours saved, claimed"
                value={format.formatNumber(Math.round(hours.saved * 10) / 10)}
                unit="h"
                detail={`${format.formatCount(hours.decided)} look-ups of ${hours.minutesALookUp} min`}
              />
            </Stats>
            {remove.isError ? <ErrorState error={remove.error} /> : null}
            {known === 0 ? null : (
              <Panel
                title="Addresses by kind of place"
                note="number of addresses: dark decided, light to ask about"
                actions={
                  samples === 0 ? null : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={remove.isPending}
                      onClick={() => remove.mutate()}
                    >
                      Remove {format.formatCount(samples)} samples
                    </Button>
                  )
                }
              >
                <PlotFigure
                  height={Math.max(140, counts.length * 24)}
                  summary={counts
                    .map(
                      ({ kind, asked: some, decided }) =>
                        `${kindTitle(kind)}: ${decided} decided, ${some} to ask about`,
                    )
                    .join('; ')}
                  options={(plot, width) => ({
                    marginLeft: width < 500 ? 130 : 180,
                    x: { label: 'addresses', grid: true },
                    y: { label: null, domain: counts.map(({ kind }) => kindTitle(kind)) },
                    marks: [
                      plot.barX(
                        counts.flatMap(({ kind, asked: some, decided }) => [
                          { kind: kindTitle(kind), n: decided, is: 'decided' },
                          { kind: kindTitle(kind), n: some, is: 'ask' },
                        ]),
                        {
                          x: 'n',
                          y: 'kind',
                          fill: (row: { is: string }) =>
                            row.is === 'decided' ? 'var(--hl-accent)' : 'var(--hl-warn)',
                          fillOpacity: (row: { is: string }) => (row.is === 'decided' ? 0.9 : 0.6),
                        },
                      ),
                      plot.ruleX([0]),
                    ],
                  })}
                />
              </Panel>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function DecideOne({ onDecided }: { onDecided: (id: string) => void }) {
  const client = useQueryClient()
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [said, setSaid] = useState('')
  const decide = useMutation({
    mutationFn: () =>
      api.post('/places', {
        body: {
          address,
          name: name === '' ? null : name,
          documents: said.trim() === '' ? [] : [{ name: 'note.txt', content: said }],
        },
      }),
    onSuccess: async (place) => {
      await client.invalidateQueries({ queryKey: ['address'] })
      onDecided(place.id)
    },
  })
  return (
    <Panel title="Decide one">
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          decide.mutate()
        }}
      >
        <div className="hl-row">
          <TextInput
            label="Address"
            required
            style={{ flex: '2 1 280px' }}
            placeholder="400 Main Ave Apt 4B, Easton, VA 22030"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <TextInput
            label="Name"
            style={{ flex: '1 1 180px' }}
            placeholder="Whose parcel it is"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <Textarea
          label="What is known"
          autosize
          minRows={2}
          placeholder="A note, an email, an entry of a register: paste it here."
          value={said}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        {decide.isError ? <ErrorState error={decide.error} /> : null}
        <div className="hl-row">
          <Button type="submit" loading={decide.isPending} disabled={address.trim() === ''}>
            Decide
          </Button>
        </div>
      </form>
    </Panel>
  )
}
