package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"

	"github.com/gammazero/nexus/v3/client"
	"github.com/gammazero/nexus/v3/wamp"
	"github.com/gammazero/nexus/v3/wamp/crsign"
)

// login is who logs in, and by what.
type login struct {
	Method string `json:"method"`
	Authid string `json:"authid"`
	Secret string `json:"secret"`
}

// configure gives the client what it needs for the method; answered tells whether there was a challenge.
func (l *login) configure(config *client.Config, answered *bool) error {
	config.HelloDetails = wamp.Dict{"authid": l.Authid}
	respond, err := l.responder(config.HelloDetails)
	if err != nil {
		return err
	}
	config.AuthHandlers = map[string]client.AuthFunc{
		l.Method: func(challenge *wamp.Challenge) (string, wamp.Dict) {
			*answered = true
			return respond(challenge), wamp.Dict{}
		},
	}
	return nil
}

func (l *login) responder(hello wamp.Dict) (func(*wamp.Challenge) string, error) {
	switch l.Method {
	case "ticket":
		return func(*wamp.Challenge) string { return l.Secret }, nil
	case "wampcra":
		return func(challenge *wamp.Challenge) string { return crsign.RespondChallenge(l.Secret, challenge, nil) }, nil
	case "cryptosign":
		return l.cryptosign(hello)
	}
	return nil, fmt.Errorf("there is no method %s", l.Method)
}

// cryptosign is not part of the client: it has a place for the answer, and the application signs.
func (l *login) cryptosign(hello wamp.Dict) (func(*wamp.Challenge) string, error) {
	seed, err := hex.DecodeString(l.Secret)
	if err != nil {
		return nil, err
	}
	key := ed25519.NewKeyFromSeed(seed)
	hello["authextra"] = wamp.Dict{"pubkey": hex.EncodeToString(key.Public().(ed25519.PublicKey))}
	return func(challenge *wamp.Challenge) string {
		text, _ := wamp.AsString(challenge.Extra["challenge"])
		octets, _ := hex.DecodeString(text)
		return hex.EncodeToString(ed25519.Sign(key, octets)) + text
	}, nil
}
