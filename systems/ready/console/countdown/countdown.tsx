import { Loaded, Page, Panel } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { Fan } from '../forecast/fan.tsx'

/** What is coming, and whether it can be borne. */
export default function Countdown() {
  const sample = useQuery({
    queryKey: ['ready', 'forecast', 'sample'],
    queryFn: ({ signal }) => api.get('/forecast/sample', { signal }),
  })
  return (
    <Page title="Countdown" lead="The days to the peak: what is forecast, and what was tried.">
      <Panel title="Forecast" note="sample: requests a minute of a made shop">
        <Loaded of={sample} what="Loading the forecast">
          {(fan) => <Fan fan={fan} />}
        </Loaded>
      </Panel>
    </Page>
  )
}
