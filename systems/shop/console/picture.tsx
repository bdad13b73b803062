import { useState } from 'react'
import './shop-console.css'

/** A product's picture at row size; an empty field when there is none, or it cannot be had. */
export function Picture({ src, size = 32 }: { src: string | null; size?: number }) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <span className="shop-picture" style={{ width: size, height: size }}>
      {src && src !== failed ? (
        <img src={src} alt="" width={size} height={size} loading="lazy" onError={() => setFailed(src)} />
      ) : null}
    </span>
  )
}
