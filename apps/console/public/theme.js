// Sets the theme before the first paint, so that a page never flashes in the other one.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('heavylift.theme')
  } catch {
    // Storage is off (private window, blocked): the system's own preference decides.
  }
  var light = chosen ? chosen === 'light' : matchMedia('(prefers-color-scheme: light)').matches
  var root = document.documentElement
  root.dataset.theme = light ? 'light' : 'dark'
  root.setAttribute('data-mantine-color-scheme', light ? 'light' : 'dark')
})()
