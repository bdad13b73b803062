import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Bar, Chip, ErrorState, EvidencePart, Facts, Loaded, StateMark, formatPercent } from '@heavylift/ui'
import { evidentKinds } from '../../src/domain/kinds.ts'
import { api, getPlace, placesKey } from '../api.ts'
import type { PlaceView } from '../api.ts'
import { kindTitle, sure } from '../kind-names.ts'
import { PlaceMap } from '../map/place-map.tsx'
import { EvidenceWeights } from './evidence-weights.tsx'
import '../address.css'

/** One address: what it is, what a driver has to know, and why. */
export function AddressCard({ placeId }: { placeId: string }) {
  const place = useQuery({
    queryKey: [...placesKey, placeId],
    queryFn: ({ signal }) => getPlace(placeId, signal),
  })
  return (
    <Loaded of={place} what="Loading the address">
      {(loaded) => <CardOf key={loaded.decisionId} place={loaded} />}
    </Loaded>
  )
}

export function CardOf({ place }: { place: PlaceView }) {
  const { decision } = place
  const { unit } = decision
  const likely = Object.entries(decision.probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
  return (
    <div className="hl-stack">
      <p>
        <b>{kindTitle(decision.kind)}</b>{' '}
        <Chip tone={decision.action === 'decide' ? 'good' : 'warn'}>{sure(decision.confidence)}</Chip>{' '}
        {place.isSample ? <Chip>sample</Chip> : null}
      </p>
      {decision.question === null ? null : (
        <StateMark state={decision.action === 'ask' ? 'warn' : 'idle'}>
          Ask the customer: {decision.question}
        </StateMark>
      )}
      <Facts
        facts={[
          ['Name', place.name ?? 'none'],
          [
            'Unit',
            unit.value ?? (unit.missing ? 'needed and missing' : unit.needed ? 'needed' : 'not needed'),
          ],
          ['Hours', decision.hours ?? 'not told'],
          decision.instructions.length > 0 && ['For the driver', decision.instructions.join(' ')],
          decision.conflicts.length > 0 && [
            'Contradicted by',
            decision.conflicts
              .map(({ document, speaksFor }) => `${document} (${kindTitle(speaksFor).toLowerCase()})`)
              .join(', '),
          ],
        ]}
      />
      {place.correctedKind === null ? (
        <EvidencePart title="How likely">
          {likely.map(([kind, share]) => (
            <div key={kind} className="hl-row">
              <span style={{ flex: '0 0 190px' }}>{kindTitle(kind as typeof decision.kind)}</span>
              <span style={{ flex: '1 1 auto' }}>
                <Bar share={share} />
              </span>
              <span className="hl-number">{formatPercent(share)}</span>
            </div>
          ))}
        </EvidencePart>
      ) : null}
      <EvidencePart title="Why: what each document adds">
        <EvidenceWeights evidence={decision.evidence} priorWeight={decision.priorWeight} />
      </EvidencePart>
      {decision.ordersIgnored.length > 0 ? (
        <EvidencePart title="Orders in documents, not followed">
          <ul>
            {decision.ordersIgnored.map(({ document, quote }) => (
              <li key={`${document} ${quote}`}>
                {document}: <q>{quote}</q>
              </li>
            ))}
          </ul>
        </EvidencePart>
      ) : null}
      {place.latitude === null ? null : (
        <EvidencePart title="Where">
          <PlaceMap chosen={place} className="address-card-map" />
        </EvidencePart>
      )}
      <Corrections place={place} />
    </div>
  )
}

function Corrections({ place }: { place: PlaceView }) {
  const client = useQueryClient()
  const [kind, setKind] = useState(place.decision.kind === 'unknown' ? 'single-family' : place.decision.kind)
  const refresh = () => client.invalidateQueries({ queryKey: ['address'] })
  const params = { placeId: place.id }
  const correct = useMutation({
    mutationFn: () => api.post('/places/:placeId/correction', { params, body: { kind } }),
    onSuccess: refresh,
  })
  const outcome = useMutation({
    mutationFn: (isDefect: boolean) => api.post('/places/:placeId/outcome', { params, body: { isDefect } }),
    onSuccess: refresh,
  })
  return (
    <EvidencePart title="What it really is">
      <form
        className="hl-row"
        onSubmit={(event) => {
          event.preventDefault()
          correct.mutate()
        }}
      >
        <NativeSelect
          aria-label="Kind of place"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
          data={evidentKinds.map((value) => ({ value, label: kindTitle(value) }))}
        />
        <Button type="submit" loading={correct.isPending}>
          {kind === place.decision.kind ? 'Confirm' : 'Correct'}
        </Button>
      </form>
      <div className="hl-row">
        <span>The first delivery:</span>
        <Button size="compact-sm" variant="default" onClick={() => outcome.mutate(false)}>
          went well
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => outcome.mutate(true)}>
          failed
        </Button>
        {outcome.isSuccess ? <StateMark state="good">Noted</StateMark> : null}
      </div>
      {correct.isError ? <ErrorState error={correct.error} /> : null}
      {outcome.isError ? <ErrorState error={outcome.error} /> : null}
    </EvidencePart>
  )
}
