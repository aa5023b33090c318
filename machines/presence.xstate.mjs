import { createMachine } from "xstate";

export const machine = createMachine({
  "id": "presence",
  "description": "Presence of a user",
  "meta": {
    "bot": "presence",
    "view": "expanded",
    "truncated": false
  },
  "initial": "Disconnected",
  "states": {
    "Disconnected": {
      "id": "Disconnected",
      "initial": "Offline",
      "states": {
        "Offline": {
          "id": "Offline",
          "on": {
            "Active": {
              "target": "#Online",
              "description": "online"
            },
            "Away": {
              "target": "#Away",
              "description": "away"
            },
            "NotUnderstood": {
              "description": "nothing new"
            }
          }
        },
        "Reconnecting": {
          "id": "Reconnecting",
          "on": {
            "Active": {
              "target": "#Online",
              "description": "online"
            },
            "Away": {
              "target": "#Away",
              "description": "away"
            },
            "NotUnderstood": {
              "description": "nothing new"
            },
            "GraceOver": {
              "target": "#Offline",
              "description": "offline"
            }
          }
        }
      }
    },
    "Connected": {
      "id": "Connected",
      "initial": "Online",
      "states": {
        "Online": {
          "id": "Online",
          "on": {
            "Away": {
              "target": "#Away",
              "description": "away"
            },
            "Gone": {
              "target": "#Reconnecting",
              "description": "reconnecting"
            },
            "NotUnderstood": {
              "description": "nothing new"
            }
          }
        },
        "Away": {
          "id": "Away",
          "on": {
            "Active": {
              "target": "#Online",
              "description": "online"
            },
            "Gone": {
              "target": "#Reconnecting",
              "description": "reconnecting"
            },
            "NotUnderstood": {
              "description": "nothing new"
            }
          }
        }
      }
    }
  }
});
