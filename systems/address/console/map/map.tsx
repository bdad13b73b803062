import { useQuery } from '@tanstack/react-query'
import { Empty, EvidenceDrawer, Page, Panel, useUrlState } from '@heavylift/ui'
import { kinds } from '../../src/domain/kinds.ts'
import { getPlace, placesKey } from '../api.ts'
import { kindMarks, kindTitle } from '../kind-names.ts'
import { AddressCard } from '../places/address-card.tsx'
import { PlaceMap } from './place-map.tsx'
import '../address.css'

/** Where addresses are and what they are, drawn from the data itself. */
export default function MapPage() {
  const [state, set] = useUrlState({ place: '' })
  const chosen = useQuery({
    queryKey: [...placesKey, state.place],
    queryFn: ({ signal }) => getPlace(state.place, signal),
    enabled: state.place !== '',
  })
  return (
    <Page
      title="Map"
      lead="Addresses with coordinates, and the streets that their house numbers draw. Nothing comes from a map server."
    >
      <Panel title="Addresses" note="letter: kind; square: to ask about">
        <PlaceMap chosen={chosen.data ?? null} className="address-map" onChoose={(place) => set({ place })} />
        <p className="hl-fine">
          {kinds.map((kind) => `${kindMarks[kind].letter} ${kindTitle(kind).toLowerCase()}`).join(' · ')}
        </p>
      </Panel>
      <EvidenceDrawer
        isOpen={state.place !== ''}
        onClose={() => set({ place: '' })}
        title={chosen.data?.address ?? state.place}
      >
        {state.place === '' ? <Empty title="Choose an address" /> : <AddressCard placeId={state.place} />}
      </EvidenceDrawer>
    </Page>
  )
}
