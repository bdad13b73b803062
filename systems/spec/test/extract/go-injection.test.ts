import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const operationsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', ...files })
  return factsOf(set.facts, 'operation')
    .map(({ grade, method, path }) => `${grade} ${method} ${path}`)
    .toSorted()
}

const handlers = `
func none(c echo.Context) error { return c.NoContent(204) }
`

test('constructors that fx calls are given what others made, by type, group and interface, and routers that they route on stand where those put them [SPEC-EXTRACT-03]', async () => {
  const found = await operationsOf({
    'main.go': `package main

import (
	"context"

	"example.com/quay/ports"
	"github.com/labstack/echo/v4"
	"go.uber.org/fx"
)

type bell struct{}

func (bell) Ring() {}

func newBell() *bell { return &bell{} }

func main() {
	fx.New(
		ports.Module,
		fx.Provide(fx.Annotate(newBell, fx.As(new(ports.Bell)))),
		fx.Invoke(func(all ports.All) {}),
		fx.Invoke(func(lc fx.Lifecycle, e *echo.Echo) {
			lc.Append(fx.Hook{OnStart: func(ctx context.Context) error {
				go e.Start(":80")
				return nil
			}})
		}),
	).Run()
}
`,
    'ports/ports.go': `package ports

import (
	"github.com/labstack/echo/v4"
	"go.uber.org/fx"
)

type Bell interface{ Ring() }

type Root struct{ *echo.Group }

type Ships struct{ *echo.Group }

type Pier interface{ Put(g *echo.Group) }

type north struct{ bell Bell }

func (n north) Put(g *echo.Group) { g.GET("/north", none) }

type south struct{}

func (south) Put(g *echo.Group) { g.GET("/south", none) }

func newNorth(bell Bell) *north { return &north{bell} }
func newSouth() *south          { return &south{} }

type All struct {
	fx.In

	Ships Ships
}

func newRoot(e *echo.Echo) (Root, error) { return Root{e.Group("/port")}, nil }

type Given struct {
	fx.In

	Root  Root
	Piers []Pier \`group:"piers"\`
}

func newShips(given Given) Ships {
	g := given.Root.Group.Group("/ships")
	g.GET("/:id", none)
	for _, one := range given.Piers {
		one.Put(g)
	}
	return Ships{g}
}

func pier(f any) any {
	return fx.Annotate(f, fx.As(new(Pier)), fx.ResultTags(\`group:"piers"\`))
}

var Module = fx.Module("ports",
	fx.Provide(echo.New, newRoot, newShips),
	fx.Provide(pier(newNorth), pier(newSouth)),
)
${handlers}`,
  })
  expect(found).toEqual([
    'proved GET /port/ships/north',
    'proved GET /port/ships/south',
    'proved GET /port/ships/{id}',
  ])
})

test('what dig is given is known by its types and names [SPEC-EXTRACT-03]', async () => {
  const found = await operationsOf({
    'main.go': `package main

import (
	"github.com/labstack/echo/v4"
	"go.uber.org/dig"
)

type Parts struct {
	dig.In

	Open   *echo.Group \`name:"open"\`
	Closed *echo.Group \`name:"closed"\`
}

func route(parts Parts) {
	parts.Open.GET("/ships", none)
	parts.Closed.GET("/crews", none)
}

func open(e *echo.Echo) *echo.Group   { return e.Group("/open") }
func closed(e *echo.Echo) *echo.Group { return e.Group("/closed") }

func main() {
	c := dig.New()
	c.Provide(func() *echo.Echo { return echo.New() })
	c.Provide(open, dig.Name("open"))
	c.Provide(closed, dig.Name("closed"))
	c.Invoke(route)
	c.Invoke(func(e *echo.Echo) { e.Start(":80") })
}
${handlers}`,
  })
  expect(found).toEqual(['proved GET /closed/crews', 'proved GET /open/ships'])
})

test('what a container outside gives and the code says is of an interface has the methods of the only type that has them [SPEC-EXTRACT-03]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gofiber/fiber/v2 v2.0.0\n',
      'main.go': `package main

import (
	"example.com/quay/watch"
	"github.com/gofiber/fiber/v2"
	"github.com/sarulabs/di/v2"
)

func main() {
	builder, _ := di.NewBuilder()
	builder.Add(di.Def{
		Name:  "watch",
		Build: func(ctn di.Container) (interface{}, error) { return watch.NewBadges(ctn), nil },
	})
	app := fiber.New()
	route(app, builder.Build())
	app.Listen(":1")
}

func route(app *fiber.App, ctn di.Container) {
	guard := ctn.Get("watch").(watch.Guard)
	app.Get("/hours", done)
	app.Use(guard.Stop)
	app.Get("/berths", done)
}

func done(c *fiber.Ctx) error { return c.SendStatus(204) }
`,
      'watch/watch.go': `package watch

import (
	"github.com/gofiber/fiber/v2"
	"github.com/sarulabs/di/v2"
)

type Guard interface {
	Stop(c *fiber.Ctx) error
}

type Reader interface {
	Read(text string) (string, error)
}

type Badges struct{ reader Reader }

func NewBadges(ctn di.Container) *Badges { return &Badges{reader: ctn.Get("reader").(Reader)} }

func (b *Badges) Stop(c *fiber.Ctx) error {
	badge := c.Get("X-Badge")
	if badge == "" {
		return fiber.ErrUnauthorized
	}
	if _, err := b.reader.Read(badge); err != nil {
		return fiber.ErrForbidden
	}
	return c.Next()
}
`,
    }),
  )
  expect(statuses).toEqual({ 'GET /berths': [204, 401, 403], 'GET /hours': [204] })
})

test('what dig calls is called where it stands, and what a container of names gives is what makes it [SPEC-EXTRACT-03]', async () => {
  const found = await operationsOf({
    'main.go': `package main

import (
	"github.com/labstack/echo/v4"
	"github.com/sarulabs/di/v2"
	"go.uber.org/dig"
)

type ships struct{ path string }

func newShips() *ships { return &ships{path: "/ships"} }

type tides struct{ of *ships }
${handlers}
func shipsOf(c *dig.Container) (*ships, error) {
	var found *ships
	if err := c.Invoke(func(s *ships) { found = s }); err != nil {
		return nil, err
	}
	return found, nil
}

func parts() di.Container {
	builder, _ := di.NewBuilder()
	builder.Add(di.Def{Name: "ships", Build: func(c di.Container) (interface{}, error) { return newShips(), nil }})
	builder.Add(di.Def{Name: "tides", Build: func(c di.Container) (interface{}, error) {
		return &tides{of: c.Get("ships").(*ships)}, nil
	}})
	return builder.Build()
}

func main() {
	e := echo.New()
	c := dig.New()
	c.Provide(newShips)
	s, err := shipsOf(c)
	if err != nil {
		panic(err)
	}
	e.GET(s.path, none)
	t := parts().Get("tides").(*tides)
	e.GET(t.of.path+"/tides", none)
	e.Start(":80")
}
`,
  })
  expect(found).toEqual(['proved GET /ships', 'proved GET /ships/tides'])
})
