module weft-interop/nexus

go 1.21

require (
	github.com/gammazero/nexus/v3 v3.2.2
	github.com/gorilla/websocket v1.5.0
)

require (
	github.com/ugorji/go/codec v1.2.11 // indirect
	golang.org/x/crypto v0.17.0 // indirect
)
