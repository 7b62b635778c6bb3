package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/gammazero/nexus/v3/transport/serialize"
	"github.com/gammazero/nexus/v3/wamp"
)

const bytesKey = "$bytes"

// values translates between the suite's notation and the client's. With JSON, nexus writes bytes as the specification
// says (U+0000 and base64) if the application gives it its type for that, and hands on what it reads as a string.
type values struct {
	binaryAsString bool
}

func parse(line []byte) (*command, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber() // integers stay integers
	c := new(command)
	err := decoder.Decode(c)
	return c, err
}

func (v values) fromCommand(value any) any {
	switch value := value.(type) {
	case wamp.List:
		return v.list(value, v.fromCommand)
	case []any:
		return v.list(value, v.fromCommand)
	case wamp.Dict:
		return v.dict(value, v.fromCommand)
	case map[string]any:
		if text, ok := value[bytesKey].(string); ok {
			octets, _ := hex.DecodeString(text)
			if v.binaryAsString {
				return serialize.BinaryData(octets)
			}
			return octets
		}
		return v.dict(value, v.fromCommand)
	case json.Number:
		if number, err := value.Int64(); err == nil {
			return number
		}
		number, _ := value.Float64()
		return number
	}
	return value
}

func (v values) toAnswer(value any) any {
	switch value := value.(type) {
	case wamp.List:
		return v.list(value, v.toAnswer)
	case []any:
		return v.list(value, v.toAnswer)
	case wamp.Dict:
		return v.dict(value, v.toAnswer)
	case map[string]any:
		return v.dict(value, v.toAnswer)
	case []byte:
		return wamp.Dict{bytesKey: hex.EncodeToString(value)}
	case serialize.BinaryData: // what was called with, by a callee that echoes it
		return wamp.Dict{bytesKey: hex.EncodeToString(value)}
	case string:
		if v.binaryAsString && strings.HasPrefix(value, "\x00") {
			octets, err := base64.StdEncoding.DecodeString(value[1:])
			if err == nil {
				return wamp.Dict{bytesKey: hex.EncodeToString(octets)}
			}
		}
	}
	return value
}

func (v values) list(list []any, element func(any) any) wamp.List {
	copied := make(wamp.List, len(list))
	for i, each := range list {
		copied[i] = element(each)
	}
	return copied
}

func (v values) dict(dict map[string]any, element func(any) any) wamp.Dict {
	copied := make(wamp.Dict, len(dict))
	for key, each := range dict {
		copied[key] = element(each)
	}
	return copied
}

func (v values) payload(args wamp.List, kwargs wamp.Dict) wamp.Dict {
	return wamp.Dict{"args": v.toAnswer(args), "kwargs": v.toAnswer(kwargs)}
}
