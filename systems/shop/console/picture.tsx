import './shop-console.css'

/** A product's picture at row size; an empty field when there is none. */
export function Picture({ src, size = 32 }: { src: string | null; size?: number }) {
  return (
    <span className="shop-picture" style={{ width: size, height: size }}>
      {src ? <img src={src} alt="" width={size} height={size} loading="lazy" /> : null}
    </span>
  )
}
