import { Chip, DataTable, Empty, EvidenceDrawer, formatAgo, formatPercent } from '@heavylift/ui'
import type { ReactNode } from 'react'
import type { PlaceView } from '../api.ts'
import { kindTitle } from '../kind-names.ts'
import { AddressCard } from './address-card.tsx'

/** Addresses, a row each; the chosen one shows its evidence beside the list. */
export function PlaceTable({
  caption,
  places,
  chosen,
  choose,
  empty,
}: {
  caption: string
  places: readonly PlaceView[]
  /** Id of a place; empty for none. */
  chosen: string
  choose: (id: string) => void
  empty: ReactNode
}) {
  const nowMs = Date.now()
  const shown = places.find(({ id }) => id === chosen)
  return (
    <>
      {places.length === 0 ? (
        <Empty title="No addresses">{empty}</Empty>
      ) : (
        <DataTable
          caption={caption}
          rows={places}
          keyOf={({ id }) => id}
          selected={chosen || null}
          onOpen={({ id }) => choose(id)}
          columns={[
            {
              key: 'address',
              title: 'Address',
              isWide: true,
              sortBy: ({ address }) => address,
              render: ({ address }) => address,
            },
            {
              key: 'name',
              title: 'Name',
              width: '180px',
              isSecondary: true,
              render: ({ name }) => name ?? '',
            },
            {
              key: 'kind',
              title: 'Kind of place',
              width: '190px',
              sortBy: ({ decision }) => decision.kind,
              render: ({ decision }) => kindTitle(decision.kind),
            },
            {
              key: 'sure',
              title: 'Sure',
              width: '80px',
              isNumber: true,
              sortBy: ({ decision }) => decision.confidence,
              render: ({ decision, correctedKind }) =>
                correctedKind === null ? formatPercent(Math.min(decision.confidence, 0.999)) : 'person',
            },
            {
              key: 'action',
              title: 'Then',
              width: '150px',
              isSecondary: true,
              render: ({ decision }) =>
                decision.action === 'ask' ? (
                  <Chip tone="warn">ask the kind</Chip>
                ) : decision.unit.missing ? (
                  <Chip tone="warn">ask the unit</Chip>
                ) : (
                  <Chip tone="good">deliver</Chip>
                ),
            },
            {
              key: 'evidence',
              title: 'Evidence',
              width: '90px',
              isNumber: true,
              isSecondary: true,
              render: ({ decision }) => decision.evidence.length,
            },
            {
              key: 'when',
              title: 'Decided',
              width: '110px',
              isSecondary: true,
              sortBy: ({ decidedAtMs }) => decidedAtMs,
              render: ({ decidedAtMs }) => formatAgo(decidedAtMs, nowMs),
            },
          ]}
        />
      )}
      <EvidenceDrawer
        isOpen={chosen !== ''}
        onClose={() => choose('')}
        title={shown?.address ?? chosen}
        note={`Number ${chosen}`}
      >
        {chosen === '' ? null : <AddressCard placeId={chosen} />}
      </EvidenceDrawer>
    </>
  )
}
