import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const readOf = async (main: string) => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/harbor\n\ngo 1.22\n',
    'main.go': main,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = (['error', 'guard'] as const)
    .flatMap((kind) => factsOf(set.facts, kind))
    .map((one) => `${one.grade} ${sayFact(one, titles.get(one.operation) ?? '?')}`)
    .toSorted()
  const models = new Map(factsOf(set.facts, 'model').map(({ name, fields }) => [name, fields]))
  const bodies = factsOf(set.facts, 'body').map(({ operation, shape }) => {
    const fields =
      shape.type === 'object' ? shape.fields : shape.type === 'model' ? models.get(shape.name) : undefined
    return `${titles.get(operation) ?? '?'} ${(fields ?? []).map(({ name }) => name).join(' ')}`
  })
  const inputs = factsOf(set.facts, 'parameter').map(
    ({ operation, in: place, name, shape }) =>
      `${titles.get(operation) ?? '?'} ${place} ${name} ${shape.type}`,
  )
  return { said, bodies: bodies.toSorted(), inputs: inputs.toSorted() }
}

const harbor = `package main

import (
	"errors"
	"net/http"

	"github.com/go-playground/validator/v10"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

var ErrNoBoat = errors.New("no such boat")
var ErrNotYours = errors.New("not your boat")

type TakenError struct{ Field string }

func (t *TakenError) Error() string { return t.Field }

type checker struct{ v *validator.Validate }

func (c *checker) Validate(i any) error { return c.v.Struct(i) }

func answer(err error, c echo.Context) {
	var taken *TakenError
	var invalid validator.ValidationErrors
	var known *echo.HTTPError
	switch {
	case errors.As(err, &taken):
		c.JSON(409, "taken")
	case errors.As(err, &invalid):
		c.JSON(422, "invalid")
	case errors.Is(err, ErrNoBoat):
		c.JSON(404, "gone")
	case errors.Is(err, ErrNotYours):
		c.JSON(403, "others")
	case errors.As(err, &known):
		c.JSON(known.Code, "known")
	default:
		c.JSON(500, "any")
	}
}

type Boat struct {
	Dock string \`param:"dock"\`
	Deep int    \`query:"deep"\`
	Name string \`json:"name" validate:"required"\`
	By   int    \`json:"by"\`
}

type Search struct {
	Name string \`query:"name"\`
	Most int    \`query:"most" validate:"max=9"\`
}

type Which struct {
	Dock string \`param:"dock"\`
	ID   int    \`param:"id"\`
}

var db *gorm.DB

func find(name string) (*Boat, error) {
	var b Boat
	if err := db.Where("name = ?", name).First(&b).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil, ErrNoBoat
		}
		return nil, err
	}
	return &b, nil
}

func own(name string, me int) (*Boat, error) {
	b, err := find(name)
	if err != nil {
		return nil, err
	}
	if b.By != me {
		return nil, ErrNotYours
	}
	return b, nil
}

func sink(name string) error {
	b, err := own(name, 1)
	if err != nil {
		return err
	}
	return db.Delete(&Boat{}, b.By).Error
}

func bound[T any](c echo.Context) (*T, error) {
	one := new(T)
	if err := c.Bind(one); err != nil {
		return nil, err
	}
	if err := c.Validate(one); err != nil {
		return nil, err
	}
	return one, nil
}

func main() {
	e := echo.New()
	e.Validator = &checker{v: validator.New()}
	e.HTTPErrorHandler = answer
	e.POST("/docks/:dock/boats", func(c echo.Context) error {
		b, err := bound[Boat](c)
		if err != nil {
			return err
		}
		return c.JSON(201, b.Name)
	})
	e.GET("/boats", func(c echo.Context) error {
		q := Search{Most: 5}
		if err := c.Bind(&q); err != nil {
			return err
		}
		return c.JSON(200, q.Name)
	})
	e.DELETE("/docks/:dock/boats/:id", func(c echo.Context) error {
		if _, err := bound[Which](c); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
	e.DELETE("/boats/:name", func(c echo.Context) error {
		if err := sink(c.Param("name")); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	})
	e.Start(":80")
}
`

test('a function of Go with type parameters reads the body into the type that it is called with; tags name what is no part of a body [SPEC-EXTRACT-04]', async () => {
  const { bodies, inputs } = await readOf(harbor)
  expect(bodies).toEqual(['POST /docks/{dock}/boats name by'])
  expect(inputs).toEqual([
    'DELETE /boats/{name} path name string',
    'DELETE /docks/{dock}/boats/{id} path dock string',
    'DELETE /docks/{dock}/boats/{id} path id integer',
    'GET /boats query most integer',
    'GET /boats query name string',
    'POST /docks/{dock}/boats path dock string',
  ])
})

test('what reads a request gives no error of a validator, and what can not hold at once is left out of many cases [SPEC-EXTRACT-04]', async () => {
  const { said } = await readOf(harbor)
  const of = (title: string) => said.filter((one) => one.includes(title))
  expect(of('POST /docks/{dock}/boats')).toEqual([
    'framework IF, for POST /docks/{dock}/boats, the body can not be read, THEN the service SHALL answer 400 with string and say "known".',
    'proved IF, for POST /docks/{dock}/boats, `v10.New().Struct(Boat)` fails, THEN the service SHALL answer 422 with string and say "invalid".',
  ])
  expect(of('DELETE /boats/{name}').filter((one) => /40[34]/.test(one))).toEqual([
    'proved IF, for DELETE /boats/{name}, `db.Where("name = ?", path.name).First(…).Error` is missing and `find(…).By` is not 1, THEN the service SHALL answer 403 with string and say "others".',
    'proved IF, for DELETE /boats/{name}, `db.Where("name = ?", path.name).First(…).Error` is there and `errors.Is(db.Where("name = ?", path.name).First(…).Error, gorm.ErrRecordNotFound)` holds, THEN the service SHALL answer 404 with string and say "gone".',
  ])
})

const perhaps = `package main

import (
	echojwt "github.com/labstack/echo-jwt/v4"
	"github.com/labstack/echo/v4"
)

func settings() echojwt.Config {
	return echojwt.Config{
		SigningKey:   []byte("x"),
		ErrorHandler: func(c echo.Context, err error) error { return echo.NewHTTPError(401, "bad token") },
	}
}

func perhaps() echo.MiddlewareFunc {
	s := settings()
	s.Skipper = func(c echo.Context) bool {
		return c.Request().Header.Get("Authorization") == ""
	}
	return echojwt.WithConfig(s)
}

func ok(c echo.Context) error { return c.String(200, "ok") }

func main() {
	e := echo.New()
	e.GET("/perhaps", ok, perhaps())
	e.GET("/must", ok, echojwt.WithConfig(settings()))
	e.Start(":80")
}
`

test('a field of settings of Go that is set after they were made is one of them: who sends no token is let past [SPEC-EXTRACT-05]', async () => {
  const { said } = await readOf(perhaps)
  expect(said).toEqual([
    'proved IF, for GET /must, the caller is not signed in, THEN the service SHALL answer 401 and say "bad token".',
    'proved IF, for GET /perhaps, the caller is not signed in and the header Authorization is not empty, THEN the service SHALL answer 401 and say "bad token".',
    'proved WHEN a client sends GET /must, the service SHALL answer 401 to a caller who is not signed in.',
    'proved WHEN a client sends GET /perhaps and the header Authorization is not empty, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})
