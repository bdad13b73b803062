import { Chip } from '@mantine/core'
import type { Layers } from './thoughts-layer.ts'

const names: Record<keyof Layers, string> = {
  route: 'Route',
  sensors: 'Sensors',
  detections: 'Detections',
  tracks: 'Tracks',
  predictions: 'Predictions',
  plans: 'Plans',
}

/** Which thoughts of the driver are drawn. */
export function LayerMenu({ layers, onChange }: { layers: Layers; onChange: (layers: Layers) => void }) {
  return (
    <div className="drive-layers" role="group" aria-label="What is drawn">
      {(Object.keys(names) as (keyof Layers)[]).map((name) => (
        <Chip
          key={name}
          size="xs"
          checked={layers[name]}
          onChange={(checked) => onChange({ ...layers, [name]: checked })}
        >
          {names[name]}
        </Chip>
      ))}
    </div>
  )
}
