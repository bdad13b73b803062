/** Colours that drawings take from the theme, as CSS colours. */
export interface Palette {
  isDark: boolean
  ground: string
  surface: string
  line: string
  ink: string
  ink2: string
  ink3: string
  accent: string
  good: string
  warn: string
  bad: string
}

/** Reads the theme's tokens from an element; call it again when the theme changes. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--hl-${name}`).trim()
  return {
    isDark: document.documentElement.dataset['theme'] !== 'light',
    ground: token('ground'),
    surface: token('surface'),
    line: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    accent: token('accent'),
    good: token('good'),
    warn: token('warn'),
    bad: token('bad'),
  }
}

/** Black or white, whichever is easier to read on a `#rrggbb` colour (WCAG relative luminance). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const luminance = luminanceOf(colour)
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff'
}

function luminanceOf(colour: string): number {
  const part = (from: number) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
