import { createMachine } from "xstate";

export const machine = createMachine({
  "id": "stock",
  "description": "Stock bot",
  "meta": {
    "bot": "stock",
    "view": "expanded",
    "truncated": false
  },
  "initial": "Conversation",
  "states": {
    "Conversation": {
      "id": "Conversation",
      "initial": "ChooseExchange",
      "states": {
        "ChooseExchange": {
          "id": "ChooseExchange",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Person": {
              "target": "#WaitingForAgent",
              "description": "I’ll find somebody for you. You can wait, or go on with me."
            },
            "Help": {
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "description": "You’re welcome."
            },
            "Greeting": {
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "target": "#ChooseExchange (misses=1)",
              "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
            }
          }
        },
        "Exchange LSE": {
          "id": "Exchange LSE",
          "initial": "ChooseStock LSE",
          "states": {
            "ChooseStock LSE": {
              "id": "ChooseStock LSE",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock LSE (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote LSE CRDA": {
              "id": "FetchQuote LSE CRDA",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, CRDA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up CRODA INTERNATIONAL PLC."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "CRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Sorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "FetchQuote LSE GSK": {
              "id": "FetchQuote LSE GSK",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, GSK, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up GSK PLC."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "GSK PLC is at 100.00 GBX (£1.00) a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Sorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock LSE (misses=1)": {
              "id": "ChooseStock LSE (misses=1)",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock LSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock LSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock LSE (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ShowPrice LSE CRDA": {
              "id": "ShowPrice LSE CRDA",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE CRDA (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable LSE CRDA": {
              "id": "QuoteUnavailable LSE CRDA",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE CRDA (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ShowPrice LSE GSK": {
              "id": "ShowPrice LSE GSK",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE GSK (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable LSE GSK": {
              "id": "QuoteUnavailable LSE GSK",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, GSK, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE GSK (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ChooseStock LSE (misses=2)": {
              "id": "ChooseStock LSE (misses=2)",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock LSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock LSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock LSE (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice LSE CRDA (misses=1)": {
              "id": "ShowPrice LSE CRDA (misses=1)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE CRDA (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable LSE CRDA (misses=1)": {
              "id": "QuoteUnavailable LSE CRDA (misses=1)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE CRDA (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ShowPrice LSE GSK (misses=1)": {
              "id": "ShowPrice LSE GSK (misses=1)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE GSK (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable LSE GSK (misses=1)": {
              "id": "QuoteUnavailable LSE GSK (misses=1)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, GSK, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE GSK (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ChooseStock LSE (misses=3)": {
              "id": "ChooseStock LSE (misses=3)",
              "on": {
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock LSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock LSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice LSE CRDA (misses=2)": {
              "id": "ShowPrice LSE CRDA (misses=2)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE CRDA (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable LSE CRDA (misses=2)": {
              "id": "QuoteUnavailable LSE CRDA (misses=2)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE CRDA (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice LSE GSK (misses=2)": {
              "id": "ShowPrice LSE GSK (misses=2)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice LSE GSK (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable LSE GSK (misses=2)": {
              "id": "QuoteUnavailable LSE GSK (misses=2)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, GSK, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable LSE GSK (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice LSE CRDA (misses=3)": {
              "id": "ShowPrice LSE CRDA (misses=3)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable LSE CRDA (misses=3)": {
              "id": "QuoteUnavailable LSE CRDA (misses=3)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice LSE GSK (misses=3)": {
              "id": "ShowPrice LSE GSK (misses=3)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable LSE GSK (misses=3)": {
              "id": "QuoteUnavailable LSE GSK (misses=3)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote LSE GSK"
                },
                "GoBack": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (LSE, GSK, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            }
          }
        },
        "Exchange NYSE": {
          "id": "Exchange NYSE",
          "initial": "ChooseStock NYSE",
          "states": {
            "ChooseStock NYSE": {
              "id": "ChooseStock NYSE",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NYSE (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote NYSE ASH": {
              "id": "FetchQuote NYSE ASH",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, ASH, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up Ashland Inc.."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Ashland Inc. is at 100.00 USD a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Sorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock NYSE (misses=1)": {
              "id": "ChooseStock NYSE (misses=1)",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NYSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NYSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NYSE (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ShowPrice NYSE ASH": {
              "id": "ShowPrice NYSE ASH",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NYSE ASH (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable NYSE ASH": {
              "id": "QuoteUnavailable NYSE ASH",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NYSE ASH (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ChooseStock NYSE (misses=2)": {
              "id": "ChooseStock NYSE (misses=2)",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NYSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NYSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NYSE (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NYSE ASH (misses=1)": {
              "id": "ShowPrice NYSE ASH (misses=1)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NYSE ASH (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable NYSE ASH (misses=1)": {
              "id": "QuoteUnavailable NYSE ASH (misses=1)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NYSE ASH (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ChooseStock NYSE (misses=3)": {
              "id": "ChooseStock NYSE (misses=3)",
              "on": {
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NYSE",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NYSE",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NYSE ASH (misses=2)": {
              "id": "ShowPrice NYSE ASH (misses=2)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NYSE ASH (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable NYSE ASH (misses=2)": {
              "id": "QuoteUnavailable NYSE ASH (misses=2)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NYSE ASH (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NYSE ASH (misses=3)": {
              "id": "ShowPrice NYSE ASH (misses=3)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable NYSE ASH (misses=3)": {
              "id": "QuoteUnavailable NYSE ASH (misses=3)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "GoBack": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            }
          }
        },
        "Exchange NASDAQ": {
          "id": "Exchange NASDAQ",
          "initial": "ChooseStock NASDAQ",
          "states": {
            "ChooseStock NASDAQ": {
              "id": "ChooseStock NASDAQ",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NASDAQ (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "FetchQuote NASDAQ TSLA": {
              "id": "FetchQuote NASDAQ TSLA",
              "on": {
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "reenter": true
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "reenter": true
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "One moment, I’m still looking up Tesla, Inc.."
                },
                "QuoteArrived {\"quote\":{\"at\":\"1970-01-01T00:00:00Z\",\"price\":\"100.00\"}}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Tesla, Inc. is at 100.00 USD a share."
                },
                "QuoteFailed": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Sorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "ChooseStock NASDAQ (misses=1)": {
              "id": "ChooseStock NASDAQ (misses=1)",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NASDAQ (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ShowPrice NASDAQ TSLA": {
              "id": "ShowPrice NASDAQ TSLA",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NASDAQ TSLA (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA": {
              "id": "QuoteUnavailable NASDAQ TSLA",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA (misses=1)",
                  "description": "Sorry, I didn’t get that. Please pick one of the options, or type “help”."
                }
              }
            },
            "ChooseStock NASDAQ (misses=2)": {
              "id": "ChooseStock NASDAQ (misses=2)",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ChooseStock NASDAQ (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NASDAQ TSLA (misses=1)": {
              "id": "ShowPrice NASDAQ TSLA (misses=1)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NASDAQ TSLA (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA (misses=1)": {
              "id": "QuoteUnavailable NASDAQ TSLA (misses=1)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA (misses=2)",
                  "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                }
              }
            },
            "ChooseStock NASDAQ (misses=3)": {
              "id": "ChooseStock NASDAQ (misses=3)",
              "on": {
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "reenter": true,
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "reenter": true,
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "reenter": true,
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NASDAQ TSLA (misses=2)": {
              "id": "ShowPrice NASDAQ TSLA (misses=2)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#ShowPrice NASDAQ TSLA (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA (misses=2)": {
              "id": "QuoteUnavailable NASDAQ TSLA (misses=2)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA (misses=3)",
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "ShowPrice NASDAQ TSLA (misses=3)": {
              "id": "ShowPrice NASDAQ TSLA (misses=3)",
              "on": {
                "Refresh": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "Help": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            },
            "QuoteUnavailable NASDAQ TSLA (misses=3)": {
              "id": "QuoteUnavailable NASDAQ TSLA (misses=3)",
              "on": {
                "TryAgain": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "GoBack": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "Person": {
                  "target": "#WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
                  "description": "I’ll find somebody for you. You can wait, or go on with me."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "Which exchange are you interested in?"
                },
                "Help": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "London Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "New York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "Nasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK"
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH"
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA"
                },
                "Idle": {
                  "target": "#Ended",
                  "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
                }
              }
            }
          }
        },
        "Handoff": {
          "id": "Handoff",
          "initial": "WaitingForAgent",
          "states": {
            "WaitingForAgent": {
              "id": "WaitingForAgent",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseExchange",
                  "description": "You’re back with me, the stock bot.\n\nWhich exchange are you interested in?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseExchange",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nWhich exchange are you interested in?"
                }
              }
            },
            "WaitingForAgent (LSE, no left ChooseExchange)": {
              "id": "WaitingForAgent (LSE, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re back with me, the stock bot.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock LSE",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nLondon Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WaitingForAgent (NYSE, no left ChooseExchange)": {
              "id": "WaitingForAgent (NYSE, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re back with me, the stock bot.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NYSE, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock NYSE",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nNew York Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WaitingForAgent (NASDAQ, no left ChooseExchange)": {
              "id": "WaitingForAgent (NASDAQ, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re back with me, the stock bot.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NASDAQ, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WithAgent": {
              "id": "WithAgent",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseExchange",
                  "description": "You’re back with me, the stock bot.\n\nWhich exchange are you interested in?"
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseExchange",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nWhich exchange are you interested in?"
                }
              }
            },
            "WaitingForAgent (LSE, CRDA, no left ChooseExchange)": {
              "id": "WaitingForAgent (LSE, CRDA, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "You’re back with me, the stock bot."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, CRDA, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (LSE, GSK, no left ChooseExchange)": {
              "id": "WaitingForAgent (LSE, GSK, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "You’re back with me, the stock bot."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, GSK, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (NYSE, ASH, no left ChooseExchange)": {
              "id": "WaitingForAgent (NYSE, ASH, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "You’re back with me, the stock bot."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NYSE, ASH, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange)": {
              "id": "WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NASDAQ, TSLA, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WithAgent (LSE, no left ChooseExchange)": {
              "id": "WithAgent (LSE, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock LSE",
                  "description": "You’re back with me, the stock bot.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock LSE",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nLondon Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WithAgent (NYSE, no left ChooseExchange)": {
              "id": "WithAgent (NYSE, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock NYSE",
                  "description": "You’re back with me, the stock bot.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock NYSE",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nNew York Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WithAgent (NASDAQ, no left ChooseExchange)": {
              "id": "WithAgent (NASDAQ, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "You’re back with me, the stock bot.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                }
              }
            },
            "WithAgent (LSE, CRDA, no left ChooseExchange)": {
              "id": "WithAgent (LSE, CRDA, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "You’re back with me, the stock bot."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)": {
              "id": "WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re back with me, the stock bot.\n\nCRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nCRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                }
              }
            },
            "WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2": {
              "id": "WaitingForAgent (LSE, CRDA, no left ChooseExchange) 2",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, CRDA, no left ChooseExchange) 2",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (LSE, GSK, no left ChooseExchange)": {
              "id": "WithAgent (LSE, GSK, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "You’re back with me, the stock bot."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)": {
              "id": "WaitingForAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re back with me, the stock bot.\n\nGSK PLC is at 100.00 GBX (£1.00) a share."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nGSK PLC is at 100.00 GBX (£1.00) a share."
                }
              }
            },
            "WaitingForAgent (LSE, GSK, no left ChooseExchange) 2": {
              "id": "WaitingForAgent (LSE, GSK, no left ChooseExchange) 2",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (LSE, GSK, no left ChooseExchange) 2",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (NYSE, ASH, no left ChooseExchange)": {
              "id": "WithAgent (NYSE, ASH, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "You’re back with me, the stock bot."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)": {
              "id": "WaitingForAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re back with me, the stock bot.\n\nAshland Inc. is at 100.00 USD a share."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nAshland Inc. is at 100.00 USD a share."
                }
              }
            },
            "WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2": {
              "id": "WaitingForAgent (NYSE, ASH, no left ChooseExchange) 2",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NYSE, ASH, no left ChooseExchange) 2",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (NASDAQ, TSLA, no left ChooseExchange)": {
              "id": "WithAgent (NASDAQ, TSLA, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot."
                }
              }
            },
            "WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)": {
              "id": "WaitingForAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot.\n\nTesla, Inc. is at 100.00 USD a share."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nTesla, Inc. is at 100.00 USD a share."
                }
              }
            },
            "WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2": {
              "id": "WaitingForAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
              "on": {
                "Wait": {
                  "description": "All right. I’ll tell you when you can talk to somebody."
                },
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                },
                "MainMenu": {
                  "target": "#ChooseExchange",
                  "description": "All right, I’ve stopped looking for somebody.\n\nWhich exchange are you interested in?"
                },
                "Help": {
                  "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
                },
                "Goodbye": {
                  "target": "#Ended",
                  "description": "Goodbye, and thanks for the chat. Say anything to start over."
                },
                "Thanks": {
                  "description": "You’re welcome."
                },
                "Greeting": {
                  "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
                },
                "ChooseExchange {\"exchange\":\"LSE\"}": {
                  "target": "#ChooseStock LSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nLondon Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NYSE\"}": {
                  "target": "#ChooseStock NYSE",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNew York Stock Exchange: which stock would you like to see?"
                },
                "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
                  "target": "#ChooseStock NASDAQ",
                  "description": "All right, I’ve stopped looking for somebody.\n\nNasdaq Stock Exchange: which stock would you like to see?"
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
                  "target": "#FetchQuote LSE CRDA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
                  "target": "#FetchQuote LSE GSK",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
                  "target": "#FetchQuote NYSE ASH",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
                  "target": "#FetchQuote NASDAQ TSLA",
                  "description": "All right, I’ve stopped looking for somebody."
                },
                "Idle": {
                  "description": "You’re still waiting to talk to somebody. You can go on waiting, or go on with me."
                },
                "NotUnderstood {\"candidates\":[]}": {
                  "description": "I’m still looking for somebody for you, and can’t say how long it will take. You can wait, or go on with me."
                },
                "Staffed": {
                  "description": "Somebody is here now. Please wait a little longer."
                },
                "Nobody": {
                  "description": "I’m sorry, nobody is here at the moment. You can wait until somebody is, or go on with me."
                },
                "Taken {\"name\":\"Alex\"}": {
                  "target": "#WithAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
                  "description": "You’re talking with Alex now."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)": {
              "id": "WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, CRDA, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "You’re back with me, the stock bot.\n\nCRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nCRODA INTERNATIONAL PLC is at 100.00 GBX (£1.00) a share."
                }
              }
            },
            "WithAgent (LSE, CRDA, no left ChooseExchange) 2": {
              "id": "WithAgent (LSE, CRDA, no left ChooseExchange) 2",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable LSE CRDA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for CRODA INTERNATIONAL PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)": {
              "id": "WithAgent (LSE, 1970-01-01T00:00:00Z, 100·00, GSK, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "You’re back with me, the stock bot.\n\nGSK PLC is at 100.00 GBX (£1.00) a share."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nGSK PLC is at 100.00 GBX (£1.00) a share."
                }
              }
            },
            "WithAgent (LSE, GSK, no left ChooseExchange) 2": {
              "id": "WithAgent (LSE, GSK, no left ChooseExchange) 2",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable LSE GSK",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for GSK PLC just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)": {
              "id": "WithAgent (NYSE, 1970-01-01T00:00:00Z, 100·00, ASH, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "You’re back with me, the stock bot.\n\nAshland Inc. is at 100.00 USD a share."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nAshland Inc. is at 100.00 USD a share."
                }
              }
            },
            "WithAgent (NYSE, ASH, no left ChooseExchange) 2": {
              "id": "WithAgent (NYSE, ASH, no left ChooseExchange) 2",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable NYSE ASH",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Ashland Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            },
            "WithAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)": {
              "id": "WithAgent (NASDAQ, 1970-01-01T00:00:00Z, 100·00, TSLA, no left ChooseExchange)",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot.\n\nTesla, Inc. is at 100.00 USD a share."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#ShowPrice NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nTesla, Inc. is at 100.00 USD a share."
                }
              }
            },
            "WithAgent (NASDAQ, TSLA, no left ChooseExchange) 2": {
              "id": "WithAgent (NASDAQ, TSLA, no left ChooseExchange) 2",
              "on": {
                "Done {\"abandoned\":false}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "You’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                },
                "Done {\"abandoned\":true}": {
                  "target": "#QuoteUnavailable NASDAQ TSLA",
                  "description": "I’m sorry, nobody is there for you just now, so you’re back with me, the stock bot.\n\nSorry, I couldn’t get a price for Tesla, Inc. just now. You can try again, or go back and pick another stock."
                }
              }
            }
          }
        },
        "ChooseExchange (misses=1)": {
          "id": "ChooseExchange (misses=1)",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Person": {
              "target": "#WaitingForAgent",
              "description": "I’ll find somebody for you. You can wait, or go on with me."
            },
            "Help": {
              "target": "#ChooseExchange",
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "target": "#ChooseExchange",
              "description": "You’re welcome."
            },
            "Greeting": {
              "target": "#ChooseExchange",
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "target": "#ChooseExchange (misses=2)",
              "description": "Sorry, I still don’t get it. Here is what I understand. Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
            }
          }
        },
        "ChooseExchange (misses=2)": {
          "id": "ChooseExchange (misses=2)",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Person": {
              "target": "#WaitingForAgent",
              "description": "I’ll find somebody for you. You can wait, or go on with me."
            },
            "Help": {
              "target": "#ChooseExchange",
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "target": "#ChooseExchange",
              "description": "You’re welcome."
            },
            "Greeting": {
              "target": "#ChooseExchange",
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "target": "#ChooseExchange (misses=3)",
              "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
            }
          }
        },
        "ChooseExchange (misses=3)": {
          "id": "ChooseExchange (misses=3)",
          "on": {
            "ChooseExchange {\"exchange\":\"LSE\"}": {
              "target": "#ChooseStock LSE",
              "description": "London Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NYSE\"}": {
              "target": "#ChooseStock NYSE",
              "description": "New York Stock Exchange: which stock would you like to see?"
            },
            "ChooseExchange {\"exchange\":\"NASDAQ\"}": {
              "target": "#ChooseStock NASDAQ",
              "description": "Nasdaq Stock Exchange: which stock would you like to see?"
            },
            "Person": {
              "target": "#WaitingForAgent",
              "description": "I’ll find somebody for you. You can wait, or go on with me."
            },
            "MainMenu": {
              "target": "#ChooseExchange",
              "reenter": true,
              "description": "Which exchange are you interested in?"
            },
            "Help": {
              "target": "#ChooseExchange",
              "description": "Pick one of the options, by its button, number or name. From anywhere you can name a stock (“price of Croda”), go to the “main menu”, ask for a “person”, or say “goodbye”."
            },
            "Goodbye": {
              "target": "#Ended",
              "description": "Goodbye, and thanks for the chat. Say anything to start over."
            },
            "Thanks": {
              "target": "#ChooseExchange",
              "description": "You’re welcome."
            },
            "Greeting": {
              "target": "#ChooseExchange",
              "description": "Hello! Pick one of the options, or name a stock (“price of Croda”)."
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"CRDA\"}": {
              "target": "#FetchQuote LSE CRDA"
            },
            "ChooseStock {\"exchange\":\"LSE\",\"stock\":\"GSK\"}": {
              "target": "#FetchQuote LSE GSK"
            },
            "ChooseStock {\"exchange\":\"NYSE\",\"stock\":\"ASH\"}": {
              "target": "#FetchQuote NYSE ASH"
            },
            "ChooseStock {\"exchange\":\"NASDAQ\",\"stock\":\"TSLA\"}": {
              "target": "#FetchQuote NASDAQ TSLA"
            },
            "Idle": {
              "target": "#Ended",
              "description": "You’ve been quiet for a while, so I’ve closed this chat. Say anything to start over."
            },
            "NotUnderstood {\"candidates\":[]}": {
              "description": "Sorry, I don’t get that either.\n\nWould you rather talk to a person?"
            }
          }
        }
      }
    },
    "Ended": {
      "id": "Ended",
      "on": {
        "MainMenu": {
          "target": "#ChooseExchange",
          "description": "Hi, I’m the stock bot. I can tell you what a share costs.\n\nWhich exchange are you interested in?"
        },
        "NotUnderstood {\"candidates\":[]}": {
          "target": "#ChooseExchange",
          "description": "Hi, I’m the stock bot. I can tell you what a share costs.\n\nWhich exchange are you interested in?"
        }
      }
    }
  }
});
