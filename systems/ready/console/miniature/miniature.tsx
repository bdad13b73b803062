import { PlotFigure } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { fanMarks } from '../forecast/fan.tsx'

/** What is forecast up to the peak, as a fan. */
export default function ReadyMiniature() {
  const sample = useQuery({
    queryKey: ['ready', 'forecast', 'sample'],
    queryFn: ({ signal }) => api.get('/forecast/sample', { signal }),
  })
  if (!sample.data) return null
  const { data } = sample
  return (
    <PlotFigure
      height={112}
      summary="Requests to come until the peak, with what is likely."
      options={(plot, width) => ({
        width,
        height: 112,
        margin: 6,
        x: { type: 'utc', axis: null },
        y: { axis: null, zero: true },
        marks: fanMarks(plot, data),
      })}
    />
  )
}
