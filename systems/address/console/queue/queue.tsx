import { useQuery } from '@tanstack/react-query'
import { Loaded, Page, Panel, format, useUrlState } from '@heavylift/ui'
import { api, placesKey } from '../api.ts'
import { PlaceTable } from '../places/place-table.tsx'

/** Addresses that it is not sure about, the least sure first. */
export default function Queue() {
  const [state, set] = useUrlState({ place: '' })
  const places = useQuery({
    queryKey: [...placesKey, 'queue'],
    queryFn: ({ signal }) => api.get('/places', { query: { action: 'ask', limit: 500 }, signal }),
  })
  return (
    <Page
      title="Queue"
      lead="Where evidence is thin or contradicts itself, a person or the customer says. Each answer teaches how far its sources are believed."
    >
      <Panel
        title="To ask about"
        note={
          places.data ? `${format.formatCount(places.data.places.length)}, the least sure first` : undefined
        }
        flush
      >
        <Loaded of={places} what="Loading the queue">
          {(loaded) => (
            <PlaceTable
              caption="Addresses to ask about"
              places={loaded.places}
              chosen={state.place}
              choose={(id) => set({ place: id })}
              empty="Nothing waits: every address is decided."
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}
