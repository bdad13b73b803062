import type { Layers } from './thoughts-layer.ts'
import styles from './layer-menu.module.css'

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
    <div className={styles['layers']} role="group" aria-label="What is drawn">
      {(Object.keys(names) as (keyof Layers)[]).map((name) => (
        <label key={name} data-checked={layers[name] || undefined}>
          <input
            type="checkbox"
            checked={layers[name]}
            onChange={(event) => onChange({ ...layers, [name]: event.currentTarget.checked })}
          />
          {names[name]}
        </label>
      ))}
    </div>
  )
}
