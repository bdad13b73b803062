import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('an error that the repository makes is none of a package outside [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module harbour\n\nrequire github.com/gin-gonic/gin v1.10.0\nrequire github.com/jinzhu/gorm v1.9.0\n',
    'main.go': `package main

import (
	"github.com/gin-gonic/gin"
	"github.com/jinzhu/gorm"
	"harbour/fault"
)

func refuse(c *gin.Context, err error, status int) bool {
	if err == nil {
		return false
	}
	if gorm.IsRecordNotFoundError(err) {
		c.AbortWithStatus(404)
	} else {
		c.AbortWithStatus(status)
	}
	return true
}

func main() {
	r := gin.Default()
	r.GET("/berths", func(c *gin.Context) {
		if c.Query("ship") == "" {
			refuse(c, fault.NoShip, 400)
			return
		}
		c.Status(204)
	})
	r.GET("/ships", func(c *gin.Context) {
		if refuse(c, ships.Load(), 500) {
			return
		}
		c.Status(204)
	})
	r.Run()
}
`,
    'fault/fault.go': `package fault

type Fault struct {
	Message string
	Code    string
}

func (f *Fault) Error() string { return f.Message }

func make(message, code string) *Fault { return &Fault{Message: message, Code: code} }

var NoShip = make("no ship", "ship")
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(set.facts, 'error').map((one) => `${one.grade} ${sayFact(one, titles.get(one.operation) ?? '')}`),
  ).toEqual([
    'proved IF, for GET /berths, the query parameter ship is empty, THEN the service SHALL answer 400.',
    'proved IF, for GET /ships, `gorm.IsRecordNotFoundError(ships.Load() failed)` holds and `ships.Load()` fails, THEN the service SHALL answer 404.',
    'proved IF, for GET /ships, `gorm.IsRecordNotFoundError(ships.Load() failed)` does not hold and `ships.Load()` fails, THEN the service SHALL answer 500.',
  ])
})

test('a function of a package that is given nothing of another fails with no error of that [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module harbour\n\nrequire github.com/gin-gonic/gin v1.10.0\nrequire github.com/jinzhu/gorm v1.9.0\nrequire github.com/spf13/cast v1.5.0\n',
    'main.go': `package main

import (
	"github.com/gin-gonic/gin"
	"github.com/jinzhu/gorm"
	"github.com/spf13/cast"
)

type Boat struct {
	Depth map[string]interface{}
}

var db *gorm.DB

func refuse(c *gin.Context, err error, status int) bool {
	if err != nil {
		if gorm.IsRecordNotFoundError(err) {
			c.AbortWithStatus(404)
		} else {
			c.AbortWithStatusJSON(status, gin.H{"message": err.Error()})
		}
		return true
	}
	return false
}

func depthOf(all map[string]interface{}, name string) (interface{}, error) {
	found, ok := all[name]
	if ok {
		return cast.ToUint16E(found)
	}
	return uint16(0), nil
}

func add(c *gin.Context) {
	boat := &Boat{}
	if refuse(c, c.Bind(boat), 400) {
		return
	}
	depth, err := depthOf(boat.Depth, "keel")
	if refuse(c, err, 422) {
		return
	}
	if refuse(c, db.Where("depth = ?", depth).First(boat).Error, 500) {
		return
	}
	c.Status(204)
}

func main() {
	r := gin.New()
	r.POST("/boats", add)
	r.Run()
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const errors = factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(errors.filter((one) => one.includes('cast'))).toEqual([
    'IF, for POST /boats, the body’s field Depth.keel is there and `cast.ToUint16E(body.Depth.keel)` fails, THEN the service SHALL answer 422 with message (required).',
  ])
})

test('what a library documents not to fail with is none of its errors that a function asks for [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'go.mod':
      'module harbour\n\nrequire github.com/gin-gonic/gin v1.10.0\nrequire github.com/jinzhu/gorm v1.9.0\nrequire github.com/spf13/cast v1.5.0\n',
    'main.go': `package main

import (
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/jinzhu/gorm"
	"github.com/spf13/cast"
)

type Boat struct {
	Name string
}

func refuse(c *gin.Context, err error) bool {
	if err == nil {
		return false
	}
	if gorm.IsRecordNotFoundError(err) {
		c.AbortWithStatus(404)
	} else {
		c.AbortWithStatus(500)
	}
	return true
}

func main() {
	db, _ := gorm.Open("sqlite3", "boats.db")
	r := gin.New()
	r.POST("/made", func(c *gin.Context) {
		if refuse(c, db.Create(&Boat{}).Error) {
			return
		}
		c.Status(204)
	})
	r.GET("/found", func(c *gin.Context) {
		if refuse(c, db.First(&Boat{}).Error) {
			return
		}
		c.Status(204)
	})
	r.GET("/linked", func(c *gin.Context) {
		if _, err := url.Parse(c.Query("to")); refuse(c, err) {
			return
		}
		c.Status(204)
	})
	r.GET("/by/:key", func(c *gin.Context) {
		if _, err := cast.ToUintE(c.Param("key")); refuse(c, err) {
			return
		}
		c.Status(204)
	})
	r.Run()
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(set.facts, 'error').map((one) => `${titles.get(one.operation)} ${one.status} ${one.grade}`),
  ).toEqual([
    'POST /made 500 proved',
    'GET /found 404 proved',
    'GET /found 500 proved',
    'GET /linked 500 proved',
    'GET /by/{key} 500 proved',
  ])
})
